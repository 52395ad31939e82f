import django.db.models.deletion
import moussem.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('directory', '0001_initial'),
        ('evidence', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('period_start', models.DateField(blank=True, null=True)),
                ('period_end', models.DateField(blank=True, null=True)),
                ('period_precision', models.CharField(blank=True, max_length=12)),
                ('period_words', models.CharField(blank=True, max_length=120)),
                ('period_inferred', models.BooleanField(default=False)),
                ('kind', models.CharField(choices=[('one_to_few', 'One-to-few meeting'), ('conference', 'Conference'), ('trade_show', 'Trade show'), ('webinar', 'Webinar'), ('mission', 'Mission'), ('exhibition', 'Itinerant exhibition'), ('club_meeting', 'Club meeting'), ('job_fair', 'Job fair'), ('gathering', 'Gathering')], max_length=12)),
                ('name', models.JSONField()),
                ('theme', models.JSONField(blank=True, default=dict)),
                ('edition', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('mode', models.CharField(choices=[('on_site', 'On site'), ('online', 'Online'), ('both', 'On site and online'), ('not_stated', 'Not stated')], default='not_stated', max_length=10)),
                ('description', models.JSONField(blank=True, default=dict)),
                ('seats_on_site', models.PositiveIntegerField(blank=True, null=True)),
                ('seats_online', models.PositiveIntegerField(blank=True, null=True)),
                ('zone', models.CharField(blank=True, max_length=40)),
                ('letters', models.JSONField(blank=True, default=dict)),
                ('cancelled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('margins_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='beside', to='events.event')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='directory.place')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='event', to='evidence.subject')),
            ],
        ),
        migrations.CreateModel(
            name='AgendaVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('frozen_at', models.DateTimeField()),
                ('frozen_by', models.CharField(blank=True, max_length=200)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('content', models.JSONField(default=dict)),
                ('organisations', models.ManyToManyField(related_name='+', to='directory.organisation')),
                ('people', models.ManyToManyField(related_name='+', to='directory.person')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda_versions', to='events.event')),
            ],
        ),
        migrations.CreateModel(
            name='EventOrganiser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='organisers', to='events.event')),
                ('organiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GuestKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.JSONField()),
                ('wanted', models.PositiveIntegerField(blank=True, null=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guest_kinds', to='events.event')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('name', models.JSONField()),
                ('acronym', models.CharField(blank=True, max_length=30)),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='evidence.subject')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='event',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='events.series'),
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.JSONField()),
                ('topics', models.JSONField(blank=True, default=dict)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('language', models.CharField(blank=True, max_length=5)),
                ('starts_at', models.DateTimeField(blank=True, null=True)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('local_time', models.CharField(blank=True, max_length=16)),
                ('zone', models.CharField(blank=True, max_length=40)),
                ('interpretation', models.JSONField(blank=True, default=list)),
                ('expected', models.PositiveIntegerField(blank=True, null=True)),
                ('announced_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='events.event')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('organiser', 'Organiser'), ('partner', 'Partner'), ('host', 'Host'), ('speaker', 'Speaker'), ('moderator', 'Moderator'), ('opening', 'Opening'), ('co_host', 'Co-host'), ('testimony', 'Testimony'), ('participant', 'Participant'), ('laureate', 'Laureate')], max_length=12)),
                ('words', models.JSONField(blank=True, default=dict)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('dropped_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('announced_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='events.event')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='directory.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='directory.person')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='events.session')),
            ],
        ),
        migrations.CreateModel(
            name='Space',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('exhibition', 'Exhibition'), ('conference', 'Conference'), ('signing', 'Signing'), ('webinar', 'Webinar'), ('meetings', 'Meeting tables'), ('tests', 'Test room')], max_length=12)),
                ('name', models.JSONField()),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('capacity_on_site', models.PositiveIntegerField(blank=True, null=True)),
                ('capacity_online', models.PositiveIntegerField(blank=True, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spaces', to='events.event')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='session',
            name='space',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='events.space'),
        ),
        migrations.CreateModel(
            name='Stop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('period_start', models.DateField(blank=True, null=True)),
                ('period_end', models.DateField(blank=True, null=True)),
                ('period_precision', models.CharField(blank=True, max_length=12)),
                ('period_words', models.CharField(blank=True, max_length=120)),
                ('period_inferred', models.BooleanField(default=False)),
                ('words', models.JSONField(blank=True, default=dict)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stops', to='events.event')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stops', to='directory.place')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Template',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.JSONField()),
                ('kind', models.CharField(choices=[('one_to_few', 'One-to-few meeting'), ('conference', 'Conference'), ('trade_show', 'Trade show'), ('webinar', 'Webinar'), ('mission', 'Mission'), ('exhibition', 'Itinerant exhibition'), ('club_meeting', 'Club meeting'), ('job_fair', 'Job fair'), ('gathering', 'Gathering')], max_length=12)),
                ('code', models.CharField(choices=[('one_to_few', 'One-to-few meeting'), ('conference', 'Conference'), ('trade_show', 'Trade show'), ('webinar', 'Webinar'), ('mission', 'Mission'), ('exhibition', 'Itinerant exhibition'), ('club_meeting', 'Club meeting'), ('job_fair', 'Job fair'), ('gathering', 'Gathering')], max_length=12)),
                ('outline', models.JSONField(default=dict)),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
        ),
        migrations.CreateModel(
            name='AgendaFragment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('form', models.CharField(choices=[('page', 'Page'), ('json', 'Json'), ('ics', 'Calendar')], max_length=8)),
                ('language', models.CharField(max_length=5)),
                ('body', models.TextField()),
                ('drawing', models.CharField(max_length=64)),
                ('drawn_at', models.DateTimeField()),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('agenda', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fragments', to='events.agendaversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agenda', 'form', 'language'), name='agenda_fragment_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='agendaversion',
            constraint=models.UniqueConstraint(fields=('event', 'number'), name='agenda_number_once'),
        ),
        migrations.AddConstraint(
            model_name='agendaversion',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('event',), name='agenda_one_stands'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['-period_start', '-public_id'], name='event_newest'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', False), ('organisation__isnull', False), models.Q(('words', {}), _negated=True), _connector='OR'), name='part_of_somebody'),
        ),
        migrations.AddIndex(
            model_name='template',
            index=models.Index(fields=['promoter', 'withdrawn_at', 'public_id'], name='template_standing'),
        ),
    ]
