import django.db.models.deletion
import moussem.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('directory', '0001_initial'),
        ('events', '0001_initial'),
        ('evidence', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('signed_on_start', models.DateField(blank=True, null=True)),
                ('signed_on_end', models.DateField(blank=True, null=True)),
                ('signed_on_precision', models.CharField(blank=True, max_length=12)),
                ('signed_on_words', models.CharField(blank=True, max_length=120)),
                ('signed_on_inferred', models.BooleanField(default=False)),
                ('kind', models.CharField(choices=[('convention', 'Convention'), ('framework', 'Framework convention'), ('mou', 'Memorandum of understanding'), ('pact', "Shareholders' pact"), ('contract', 'Contract'), ('partnership', 'Partnership')], max_length=12)),
                ('title', models.JSONField()),
                ('purpose', models.JSONField(blank=True, default=dict)),
                ('state', models.CharField(choices=[('prepared', 'Being prepared'), ('signed', 'Signed'), ('ended', 'Ended')], default='prepared', max_length=10)),
                ('confidential', models.BooleanField(default=False)),
                ('ended_words', models.CharField(blank=True, max_length=300)),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='events.event')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='directory.place')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agreement', to='evidence.subject')),
            ],
            options={
                'indexes': [models.Index(fields=['-signed_on_start', '-public_id'], name='agreement_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('confidential', False), ('published_at', None), _connector='OR'), name='agreement_confidential_is_closed')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('words', models.JSONField(blank=True, default=dict)),
                ('capacity', models.JSONField(blank=True, default=dict)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='agreements.agreement')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreement_parties', to='directory.organisation')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('signatory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signs', to='directory.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('organisation__isnull', False), models.Q(('words', {}), _negated=True), _connector='OR'), name='party_is_somebody'), models.UniqueConstraint(fields=('agreement', 'organisation'), name='party_once')],
            },
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('due_start', models.DateField(blank=True, null=True)),
                ('due_end', models.DateField(blank=True, null=True)),
                ('due_precision', models.CharField(blank=True, max_length=12)),
                ('due_words', models.CharField(blank=True, max_length=120)),
                ('due_inferred', models.BooleanField(default=False)),
                ('kind', models.CharField(choices=[('obligation', 'Obligation'), ('objective', 'Objective')], max_length=10)),
                ('words', models.JSONField()),
                ('measure', models.CharField(blank=True, choices=[('jobs', 'jobs'), ('jobs_created', 'jobs_created'), ('jobs_additional', 'jobs_additional'), ('employees', 'employees'), ('positions', 'positions'), ('recruits', 'recruits'), ('share_of_jobs', 'share_of_jobs'), ('investment', 'investment'), ('turnover', 'turnover'), ('export_turnover', 'export_turnover'), ('export_turnover_additional', 'export_turnover_additional'), ('export_receipts', 'export_receipts'), ('growth', 'growth'), ('envelope', 'envelope'), ('capital', 'capital'), ('subsidy', 'subsidy'), ('premium_per_job', 'premium_per_job'), ('benefit_rate', 'benefit_rate'), ('benefit_amount', 'benefit_amount'), ('benefit_duration', 'benefit_duration'), ('eligible_investment', 'eligible_investment'), ('eligible_jobs', 'eligible_jobs'), ('land_area', 'land_area'), ('land_developed', 'land_developed'), ('office_area', 'office_area'), ('office_area_extension', 'office_area_extension'), ('services_area', 'services_area'), ('building_area', 'building_area'), ('occupancy', 'occupancy'), ('companies', 'companies'), ('call_centres', 'call_centres'), ('students', 'students'), ('members', 'members'), ('states', 'states'), ('provinces', 'provinces'), ('participants', 'participants'), ('investors', 'investors'), ('rank', 'rank'), ('rank_change', 'rank_change'), ('files_treated', 'files_treated'), ('files_favourable', 'files_favourable'), ('projects_treated', 'projects_treated'), ('projects_approved', 'projects_approved'), ('projects', 'projects'), ('conventions', 'conventions'), ('delay', 'delay'), ('awards', 'awards'), ('spaces', 'spaces'), ('years_covered', 'years_covered')], max_length=40)),
                ('value', models.BigIntegerField(blank=True, null=True)),
                ('value_max', models.BigIntegerField(blank=True, null=True)),
                ('bound', models.CharField(choices=[('equal', 'equal'), ('about', 'about'), ('at_least', 'at_least'), ('over', 'over'), ('at_most', 'at_most'), ('under', 'under'), ('range', 'range')], default='equal', max_length=8)),
                ('unit', models.CharField(blank=True, choices=[('jobs', 'jobs'), ('people', 'people'), ('positions', 'positions'), ('MAD', 'MAD'), ('EUR', 'EUR'), ('MAD_per_job', 'MAD_per_job'), ('MAD_per_month', 'MAD_per_month'), ('percent', 'percent'), ('m2', 'm2'), ('ha', 'ha'), ('days', 'days'), ('months', 'months'), ('years', 'years'), ('rank', 'rank'), ('places', 'places'), ('companies', 'companies'), ('centres', 'centres'), ('students', 'students'), ('members', 'members'), ('states', 'states'), ('provinces', 'provinces'), ('participants', 'participants'), ('investors', 'investors'), ('files', 'files'), ('projects', 'projects'), ('conventions', 'conventions'), ('awards', 'awards'), ('spaces', 'spaces'), ('editions', 'editions')], max_length=24)),
                ('evidence_asked', models.JSONField(blank=True, default=dict)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('replaced_reason', models.CharField(blank=True, max_length=300)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='obligations', to='agreements.agreement')),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('replaced_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='agreements.obligation')),
                ('debtor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owes', to='agreements.party')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('value', None), models.Q(models.Q(('measure', ''), _negated=True), models.Q(('unit', ''), _negated=True)), _connector='OR'), name='obligation_measures_its_value'), models.CheckConstraint(condition=models.Q(('value_max', None), models.Q(('value__isnull', False), ('value_max__gte', models.F('value'))), _connector='OR'), name='obligation_ends_in_order'), models.CheckConstraint(condition=models.Q(('kind', 'objective'), ('debtor__isnull', False), _connector='OR'), name='obligation_has_a_debtor'), models.CheckConstraint(condition=models.Q(('replaced_by', None), models.Q(('replaced_reason', ''), _negated=True), _connector='OR'), name='obligation_replaced_with_a_reason')],
            },
        ),
    ]
