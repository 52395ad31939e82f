import django.db.models.deletion
import django.db.models.functions.comparison
import moussem.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('events', '0001_initial'),
        ('guests', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MeetingRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('wish', models.CharField(choices=[('must', 'Must meet'), ('meet', 'Would like to meet')], default='meet', max_length=4)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('asked', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests_received', to='guests.registration')),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests_made', to='guests.registration')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meeting_requests', to='events.event')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meeting_requests', to=settings.AUTH_USER_MODEL)),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
            options={
                'indexes': [models.Index(fields=['event', 'state', 'public_id'], name='meeting_request_state')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.comparison.Least('asker', 'asked'), django.db.models.functions.comparison.Greatest('asker', 'asked'), condition=models.Q(('state__in', ('asked', 'accepted'))), name='meeting_request_of_a_pair_once'), models.CheckConstraint(condition=models.Q(('asker', models.F('asked')), _negated=True), name='meeting_request_of_two')],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('zone', models.CharField(max_length=40)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='events.event')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('event', 'starts_at'), name='slot_once'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='slot_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Table',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=60)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tables', to='events.event')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('space', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tables', to='events.space')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('event', 'name'), name='table_once')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('room_address', models.URLField(blank=True)),
                ('state', models.CharField(choices=[('placed', 'Placed'), ('held', 'Took place'), ('missed', 'Did not take place'), ('disputed', 'The sides disagree'), ('cancelled', 'Cancelled')], default='placed', max_length=10)),
                ('placed_at', models.DateTimeField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='events.event')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.meetingrequest')),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.slot')),
                ('table', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.table')),
            ],
            options={
                'indexes': [models.Index(fields=['event', 'state', 'public_id'], name='meeting_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('slot', 'table'), name='meeting_table_free'), models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('request',), name='meeting_of_a_request_once')],
            },
        ),
        migrations.CreateModel(
            name='Side',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('cancelled', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('took_place', models.BooleanField(blank=True, null=True)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.CharField(blank=True, max_length=200)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sides', to='events.event')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sides', to='meetings.meeting')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sides', to='guests.registration')),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sides', to='meetings.slot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled', False)), fields=('slot', 'registration'), name='side_diary_free'), models.UniqueConstraint(fields=('meeting', 'registration'), name='side_once')],
            },
        ),
    ]
