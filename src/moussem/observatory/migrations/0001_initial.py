import django.db.models.deletion
import moussem.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('evidence', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('asked', models.PositiveIntegerField(default=0)),
                ('taken', models.PositiveIntegerField(default=0)),
                ('answered', models.PositiveIntegerField(default=0)),
                ('worked_out_at', models.DateTimeField(null=True)),
                ('figures', models.PositiveIntegerField(default=0)),
                ('mentions', models.PositiveIntegerField(default=0)),
                ('sums', models.JSONField(default=dict)),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='standing', to='evidence.subject')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
