import django.db.models.deletion
import django.db.models.functions.datetime
import moussem.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('key', models.CharField(max_length=200, unique=True)),
                ('template', models.CharField(max_length=80)),
                ('arguments', models.JSONField(default=dict)),
                ('address', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=5)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('message_id', models.CharField(max_length=200, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'In doubt'), ('sent', 'Sent'), ('suppressed', 'Not sent: refused by the recipient'), ('failed', 'Failed'), ('withdrawn', 'Withdrawn before it left'), ('bounced', 'Came back')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('sent_at', models.DateTimeField(null=True)),
                ('failure', models.TextField(blank=True)),
                ('not_before', models.DateTimeField(null=True)),
                ('batch', models.UUIDField(null=True)),
                ('returned_at', models.DateTimeField(null=True)),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
            options={
                'indexes': [models.Index(fields=['promoter', '-id'], name='message_newest'), models.Index(condition=models.Q(('batch__isnull', False)), fields=['batch'], name='message_batch')],
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=moussem.core.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('address', models.EmailField(max_length=254)),
                ('reason', models.CharField(choices=[('refused', 'Refused further mail'), ('bounced', 'Address does not exist'), ('erased', 'Erasure request')], max_length=10)),
                ('since', models.DateTimeField()),
                ('promoter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.promoter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('promoter', 'address'), name='suppression_once')],
            },
        ),
        migrations.CreateModel(
            name='SentCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.TextField()),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='copy', to='mail.message')),
            ],
        ),
    ]
