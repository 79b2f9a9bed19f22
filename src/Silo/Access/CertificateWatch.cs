using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Connections;
using Siamese.Silo.Health;

namespace Siamese.Silo.Access;

/// <summary>Warns before the silo's certificate expires, and says so once it has: nobody else would know why connections fail.</summary>
internal sealed partial class CertificateWatch(MutualTls tls, TimeProvider time, ILogger<CertificateWatch> logger) : BackgroundService, IReadiness
{
    /// <summary>How long before its end a certificate is to be replaced.</summary>
    private static readonly TimeSpan _notice = TimeSpan.FromDays(30);

    private static readonly TimeSpan _every = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logger;
    private string? _said;

    public string? Problem => tls.Validity is var (file, until) && until <= time.GetUtcNow()
        ? FormattableString.Invariant($"because the certificate in {file} expired at {until:u}: others reject it; replace the file, which is read again")
        : null;

    /// <summary>Looks once, and logs what is new: a warning a day, an error an hour.</summary>
    internal void Look()
    {
        var now = time.GetUtcNow();
        var (file, until) = tls.Validity;
        if (tls.Problem is { } problem)
            Say(problem, () => LogUnusable(problem));
        else if (Problem is { } expired)
            Say(FormattableString.Invariant($"{until:u} {now:yyyyMMddHH}"), () => LogExpired(expired));
        else if (until - now < _notice)
            Say(FormattableString.Invariant($"{until:u} {now:yyyyMMdd}"), () => LogExpires(file, until, (int)(until - now).TotalDays));
        else
            _said = null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_every, time);
        do
            Look();
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Say(string what, Action log)
    {
        if (_said == what)
            return;
        _said = what;
        log();
    }

    [LoggerMessage(LogLevel.Warning, "The certificate in {File} expires at {Until:u}, in {Days} days; replace the file, which is read again")]
    private partial void LogExpires(string file, DateTimeOffset until, int days);

    [LoggerMessage(LogLevel.Error, "Not ready {Problem}")]
    private partial void LogExpired(string problem);

    [LoggerMessage(LogLevel.Warning, "{Problem} What was read before stays in use")]
    private partial void LogUnusable(string problem);
}
