import django.db.models.deletion
import moussem.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('agreements', '0001_initial'),
        ('core', '0001_initial'),
        ('directory', '0001_initial'),
        ('events', '0001_initial'),
        ('evidence', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('name', models.JSONField()),
                ('origin', models.CharField(choices=[('agreement', 'Agreement'), ('announcement', 'Announcement'), ('meeting', 'Meeting'), ('application', 'Application'), ('staff', "The promoter's staff")], max_length=12)),
                ('origin_key', models.CharField(blank=True, max_length=80)),
                ('stage', models.CharField(choices=[('prospect', 'Prospect'), ('qualified', 'Qualified'), ('active', 'Active'), ('committed', 'Committed'), ('implementing', 'Implementing'), ('operating', 'Operating'), ('closed', 'Closed')], default='prospect', max_length=12)),
                ('stage_since', models.DateTimeField()),
                ('status', models.CharField(choices=[('ongoing', 'Ongoing'), ('delayed', 'Delayed'), ('dormant', 'Dormant'), ('won', 'Won'), ('lost', 'Lost'), ('abandoned', 'Abandoned'), ('not_stated', 'Not stated')], default='ongoing', max_length=10)),
                ('lost_to', models.CharField(blank=True, max_length=200)),
                ('agreement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='agreements.agreement')),
                ('establishment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='directory.establishment')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='events.event')),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='projects.project')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='directory.organisation')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to=settings.AUTH_USER_MODEL)),
                ('park', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='directory.park')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='directory.place')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='project', to='evidence.subject')),
            ],
            options={
                'indexes': [models.Index(fields=['promoter', 'stage', '-stage_since', '-public_id'], name='project_stage')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('origin_key', ''), _negated=True), fields=('promoter', 'origin', 'origin_key'), name='project_origin_once')],
            },
        ),
        migrations.CreateModel(
            name='HeadcountReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('period_start', models.DateField(blank=True, null=True)),
                ('period_end', models.DateField(blank=True, null=True)),
                ('period_precision', models.CharField(blank=True, max_length=12)),
                ('period_words', models.CharField(blank=True, max_length=120)),
                ('period_inferred', models.BooleanField(default=False)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('asked', 'Asked for'), ('declared', 'Declared'), ('checked', 'Checked internally'), ('verified', 'Verified'), ('corrected', 'Replaced by a correction')], default='asked', max_length=10)),
                ('present', models.PositiveIntegerField(blank=True, null=True)),
                ('hired', models.PositiveIntegerField(blank=True, null=True)),
                ('left', models.PositiveIntegerField(blank=True, null=True)),
                ('asked_at', models.DateTimeField()),
                ('declared_at', models.DateTimeField(blank=True, null=True)),
                ('declared_by', models.CharField(blank=True, max_length=200)),
                ('declared_key', models.CharField(blank=True, max_length=80)),
                ('evidence_words', models.CharField(blank=True, max_length=300)),
                ('checked_by', models.CharField(blank=True, max_length=80)),
                ('checked_label', models.CharField(blank=True, max_length=200)),
                ('replaced_reason', models.CharField(blank=True, max_length=300)),
                ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='directory.establishment')),
                ('evidence_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('figure', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='headcount_return', to='evidence.figure')),
                ('link', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='headcount_return', to='accounts.link')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('replaced_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='projects.headcountreturn')),
                ('verified_figure', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='verified_return', to='evidence.figure')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='projects.project')),
            ],
            options={
                'indexes': [models.Index(fields=['promoter', 'state', 'due_on', 'public_id'], name='return_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_by', None)), fields=('establishment', 'period_start', 'period_end'), name='return_current_once'), models.CheckConstraint(condition=models.Q(models.Q(('hired', None), ('left', None), ('present', None), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('hired__isnull', False), ('left__isnull', False), ('present__isnull', False)), _connector='OR'), name='return_declares_three_numbers')],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('to_stage', models.CharField(choices=[('prospect', 'Prospect'), ('qualified', 'Qualified'), ('active', 'Active'), ('committed', 'Committed'), ('implementing', 'Implementing'), ('operating', 'Operating'), ('closed', 'Closed')], max_length=12)),
                ('state', models.CharField(choices=[('asked', 'Waits for a second person'), ('confirmed', 'Confirmed'), ('refused', 'Refused')], default='asked', max_length=10)),
                ('evidence_words', models.CharField(max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=80)),
                ('asked_label', models.CharField(max_length=200)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.CharField(blank=True, max_length=80)),
                ('answered_label', models.CharField(blank=True, max_length=200)),
                ('answered_words', models.CharField(blank=True, max_length=300)),
                ('citation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.citation')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='projects.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('project',), name='passage_one_at_a_time'), models.CheckConstraint(condition=models.Q(('answered_by', ''), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='passage_four_eyes')],
            },
        ),
        migrations.CreateModel(
            name='StageEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('from_stage', models.CharField(blank=True, choices=[('prospect', 'Prospect'), ('qualified', 'Qualified'), ('active', 'Active'), ('committed', 'Committed'), ('implementing', 'Implementing'), ('operating', 'Operating'), ('closed', 'Closed')], max_length=12)),
                ('to_stage', models.CharField(choices=[('prospect', 'Prospect'), ('qualified', 'Qualified'), ('active', 'Active'), ('committed', 'Committed'), ('implementing', 'Implementing'), ('operating', 'Operating'), ('closed', 'Closed')], max_length=12)),
                ('status', models.CharField(choices=[('ongoing', 'Ongoing'), ('delayed', 'Delayed'), ('dormant', 'Dormant'), ('won', 'Won'), ('lost', 'Lost'), ('abandoned', 'Abandoned'), ('not_stated', 'Not stated')], max_length=10)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('by_label', models.CharField(max_length=200)),
                ('second_label', models.CharField(blank=True, max_length=200)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='log', to='projects.project')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
