using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Connections;
using Siamese.Silo.Health;

namespace Siamese.Silo.Access;

/// <summary>Warns before the silo's certificate expires, and reports it when it has expired: nobody else would know why connections fail.</summary>
internal sealed partial class CertificateWatch(MutualTls tls, TimeProvider time, ILogger<CertificateWatch> logger) : BackgroundService, IReadiness
{
    /// <summary>How long before its end a certificate is to be replaced, unless it is valid for a short time only.</summary>
    private static readonly TimeSpan _notice = TimeSpan.FromDays(30);

    /// <summary>The same as a part of its lifetime: what is renewed by itself is renewed earlier.</summary>
    private const double Part = 0.25;

    private static readonly TimeSpan _every = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logger;
    private readonly Dictionary<string, string> _said = [];

    public string? Problem => tls.Validity is var (file, _, until) && until <= time.GetUtcNow()
        ? FormattableString.Invariant($"because the certificate in {file} expired at {until:u}: others reject it; replace the file, which is read again")
        : null;

    /// <summary>Looks once, and logs what is new: a warning a day, an error an hour.</summary>
    internal void Look()
    {
        var now = time.GetUtcNow();
        var (file, from, until) = tls.Validity;
        if (tls.Problem is { } problem)
            Say("problem", FormattableString.Invariant($"{problem} {now:yyyyMMdd}"), () => LogUnusable(problem));
        if (Problem is { } expired)
            Say("expired", FormattableString.Invariant($"{until:u} {now:yyyyMMddHH}"), () => LogExpired(expired));
        else if (until - now < _notice && until - now < Part * (until - from))
            Say("expires", FormattableString.Invariant($"{until:u} {now:yyyyMMdd}"), () => LogExpires(file, until, (int)(until - now).TotalDays));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_every, time);
        do
            Look();
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Logs, unless it has logged the same about this before.</summary>
    private void Say(string about, string what, Action log)
    {
        if (_said.GetValueOrDefault(about) == what)
            return;
        _said[about] = what;
        log();
    }

    [LoggerMessage(LogLevel.Warning, "The certificate in {File} expires at {Until:u}, in {Days} days; replace the file, which is read again")]
    private partial void LogExpires(string file, DateTimeOffset until, int days);

    [LoggerMessage(LogLevel.Error, "Not ready {Problem}")]
    private partial void LogExpired(string problem);

    [LoggerMessage(LogLevel.Warning, "{Problem} What was read before stays in use")]
    private partial void LogUnusable(string problem);
}
