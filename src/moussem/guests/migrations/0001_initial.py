import django.db.models.deletion
import moussem.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('directory', '0001_initial'),
        ('events', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('origin', models.CharField(choices=[('invitation', 'Invitation'), ('open_form', 'Open form'), ('walk_in', 'At the door')], default='invitation', max_length=10)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('sent', 'Sent, no answer yet'), ('on_site', 'Comes on site'), ('online', 'Comes online'), ('declined', 'Declined'), ('delegated', 'Sends a colleague'), ('waiting', 'On the waiting list'), ('expired', 'Expired'), ('asked', 'Asked to come, not decided yet'), ('refused', 'Not this time')], default='planned', max_length=10)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_before', models.DateTimeField(blank=True, null=True)),
                ('undelivered', models.CharField(blank=True, choices=[('waiting', 'Waiting'), ('sending', 'In doubt'), ('sent', 'Sent'), ('suppressed', 'Not sent: refused by the recipient'), ('failed', 'Failed'), ('withdrawn', 'Withdrawn before it left'), ('bounced', 'Came back')], max_length=10)),
                ('zone', models.CharField(blank=True, max_length=40)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.CharField(blank=True, max_length=200)),
                ('answered_words', models.CharField(blank=True, max_length=300)),
                ('needs', models.CharField(blank=True, max_length=300)),
                ('wanted_mode', models.CharField(blank=True, choices=[('on_site', 'On site'), ('online', 'Online')], max_length=10)),
                ('waiting_rank', models.PositiveIntegerField(blank=True, null=True)),
                ('delegate', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='instead_of', to='guests.invitation')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='events.event')),
                ('guest_kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='events.guestkind')),
                ('link', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitation', to='accounts.link')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='directory.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='directory.person')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
        ),
        migrations.CreateModel(
            name='OpenForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('is_on', models.BooleanField(default=False)),
                ('opens_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('shows_seats', models.BooleanField(default=False)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='open_form', to='events.event')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
        ),
        migrations.CreateModel(
            name='OpenKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('needs_approval', models.BooleanField(default=False)),
                ('asked', models.JSONField(blank=True, default=dict)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='open_kinds', to='events.event')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kinds', to='guests.openform')),
                ('guest_kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='open_kinds', to='events.guestkind')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('mode', models.CharField(choices=[('on_site', 'On site'), ('online', 'Online')], max_length=10)),
                ('origin', models.CharField(choices=[('invitation', 'Invitation'), ('open_form', 'Open form'), ('walk_in', 'At the door')], max_length=10)),
                ('registered_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='events.event')),
                ('guest_kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='events.guestkind')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='directory.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='directory.person')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('mode', models.CharField(choices=[('on_site', 'On site'), ('online', 'Online')], max_length=10)),
                ('happened_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('noted_by', models.CharField(blank=True, max_length=200)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presences', to='events.event')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('registration', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='presence', to='guests.registration')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RegistrationRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('said', models.JSONField(default=dict)),
                ('wished', models.JSONField(blank=True, default=list)),
                ('asked_at', models.DateTimeField()),
                ('decision', models.CharField(choices=[('none_needed', 'No approval needed'), ('open', 'To approve'), ('approved', 'Approved'), ('refused', 'Not this time')], default='open', max_length=11)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, max_length=200)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registration_requests', to='events.event')),
                ('invitation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='request', to='guests.invitation')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('purpose', models.CharField(choices=[('invitation', 'Invitations'), ('reminder', 'Reminders')], max_length=10)),
                ('count', models.PositiveIntegerField()),
                ('sent_by', models.CharField(blank=True, max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('leaves_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('starts_waves', models.BooleanField(default=False)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='events.event')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
        ),
        migrations.AddField(
            model_name='invitation',
            name='sending',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='guests.sending'),
        ),
        migrations.CreateModel(
            name='SpaceSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('taken_at', models.DateTimeField()),
                ('freed_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='space_seats', to='events.event')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='space_seats', to='guests.registration')),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='events.space')),
            ],
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('reasons', models.CharField(blank=True, max_length=300)),
                ('turn', models.PositiveIntegerField(default=0)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='events.event')),
                ('guest_kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='events.guestkind')),
                ('imported_list', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='targets', to='directory.importedlist')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='targeted', to='directory.organisation')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='targets', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targeted', to='directory.person')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
        ),
        migrations.AddField(
            model_name='invitation',
            name='target',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitation', to='guests.target'),
        ),
        migrations.CreateModel(
            name='ToldAppointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('digest', models.CharField(max_length=64)),
                ('told_at', models.DateTimeField()),
                ('seen', models.CharField(blank=True, max_length=64)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='told_appointment', to='events.event')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Waves',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('began_at', models.DateTimeField()),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='waves', to='events.event')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='openform',
            constraint=models.CheckConstraint(condition=models.Q(('opens_at', None), ('closes_at', None), ('closes_at__gt', models.F('opens_at')), _connector='OR'), name='open_form_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='openkind',
            constraint=models.UniqueConstraint(fields=('form', 'guest_kind'), name='open_kind_once'),
        ),
        migrations.AddConstraint(
            model_name='openkind',
            constraint=models.UniqueConstraint(condition=models.Q(('guest_kind', None)), fields=('form',), name='open_kind_else_once'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(fields=('event', 'person'), name='registration_person_once'),
        ),
        migrations.AddIndex(
            model_name='sending',
            index=models.Index(fields=['event', '-leaves_at'], name='sending_newest'),
        ),
        migrations.AddConstraint(
            model_name='spaceseat',
            constraint=models.UniqueConstraint(fields=('space', 'registration'), name='space_seat_once'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('event', 'person'), name='target_person_once'),
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(fields=['event', 'state', 'public_id'], name='invitation_state'),
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(fields=['event', 'origin', 'state', 'public_id'], name='invitation_origin'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('event', 'person'), name='invitation_person_once'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('event', 'waiting_rank'), name='invitation_rank_once'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'planned'), ('link__isnull', False), _connector='OR'), name='invitation_sent_by_link'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), ('waiting_rank__isnull', False)), models.Q(models.Q(('state', 'waiting'), _negated=True), ('waiting_rank', None)), _connector='OR'), name='invitation_waits_with_a_rank'),
        ),
    ]
