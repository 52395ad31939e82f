import django.db.models.deletion
import django.db.models.functions.datetime
import moussem.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('promoter_key', models.CharField(max_length=36, primary_key=True, serialize=False)),
                ('count', models.PositiveBigIntegerField(default=0)),
                ('seal', models.CharField(blank=True, max_length=64)),
                ('mark', models.CharField(blank=True, max_length=64)),
                ('verified_at', models.DateTimeField(null=True)),
                ('faults', models.PositiveIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('promoter_key', models.CharField(blank=True, max_length=36)),
                ('verb', models.CharField(max_length=60)),
                ('actor_kind', models.CharField(max_length=12)),
                ('actor_id', models.CharField(blank=True, max_length=64)),
                ('actor_label', models.CharField(blank=True, max_length=200)),
                ('object_kind', models.CharField(max_length=40)),
                ('object_id', models.CharField(max_length=64)),
                ('object_label', models.CharField(blank=True, max_length=300)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('digest', models.CharField(max_length=64)),
                ('position', models.PositiveBigIntegerField(null=True)),
                ('seal', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['object_kind', 'object_id', '-id'], name='entry_object'), models.Index(fields=['promoter_key', '-id'], name='entry_newest'), models.Index(condition=models.Q(('position__isnull', True)), fields=['promoter_key', 'id'], name='entry_unsealed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('position__isnull', False)), fields=('promoter_key', 'position'), name='entry_position_once')],
            },
        ),
        migrations.CreateModel(
            name='PublicMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveBigIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Payload',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='payload', serialize=False, to='audit.entry')),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
        ),
    ]
