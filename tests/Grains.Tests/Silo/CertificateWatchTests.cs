using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Siamese.Contracts;
using Siamese.Contracts.Connections;
using Siamese.Silo.Access;
using Siamese.Testing.Certificates;

namespace Siamese.Grains.Tests.Silo;

public sealed class CertificateWatchTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly FakeLogger<CertificateWatch> _log = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void A_certificate_is_reported_30_days_before_it_expires_once_a_day()
    {
        var watch = Watch(daysLeft: 40);
        watch.Look();
        _time.Advance(TimeSpan.FromDays(11));
        watch.Look();
        watch.Look();
        Assert.Matches(@"^The certificate in \S+silo\.pem expires at \S+ \S+, in 28 days; replace the file", Assert.Single(_log.Collector.GetSnapshot()).Message);
        _time.Advance(TimeSpan.FromDays(1));
        watch.Look();

        Assert.Equal([LogLevel.Warning, LogLevel.Warning], _log.Collector.GetSnapshot().Select(line => line.Level));
        Assert.Null(watch.Problem);
    }

    [Fact]
    public void A_silo_with_an_expired_certificate_is_not_ready_and_says_why()
    {
        var watch = Watch(daysLeft: 40);
        _time.Advance(TimeSpan.FromDays(41));

        Assert.Matches(@"^because the certificate in \S+silo\.pem expired at ", watch.Problem);
        watch.Look();
        var line = Assert.Single(_log.Collector.GetSnapshot());
        Assert.Equal((LogLevel.Error, $"Not ready {watch.Problem}"), (line.Level, line.Message));
    }

    [Fact]
    public void An_unusable_replacement_is_reported_daily_and_tried_again()
    {
        var files = _authority.Issue("silo", "silo", daysLeft: 200);
        var tls = MutualTls.Load(files, ClusterNames.DefaultClusterId, isSilo: true, time: _time);
        var (watch, good) = (new CertificateWatch(tls, _time, _log), File.ReadAllText(files.Key));
        File.WriteAllText(files.Key, "rubbish");
        for (var minute = 0; minute < 3; minute++)
        {
            _time.Advance(TimeSpan.FromSeconds(61));
            watch.Look();
        }

        Assert.Contains("is not the unencrypted private key", Assert.Single(_log.Collector.GetSnapshot()).Message, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromDays(1));
        watch.Look();
        Assert.Equal(2, _log.Collector.Count);
        File.WriteAllText(files.Key, good);
        _time.Advance(TimeSpan.FromDays(1));
        watch.Look();
        Assert.Equal(2, _log.Collector.Count);
    }

    private CertificateWatch Watch(int daysLeft) =>
        new(MutualTls.Load(_authority.Issue("silo", "silo", daysLeft), ClusterNames.DefaultClusterId, isSilo: true), _time, _log);
}
