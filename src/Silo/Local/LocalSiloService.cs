using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Local;
using Siamese.Contracts.Sweeps;
using Siamese.Silo.Access;
using Siamese.Silo.Addresses;
using Siamese.Silo.Options;

namespace Siamese.Silo.Local;

/// <summary>
/// Keeps `silo.json` up to date, so that the client finds its local silo, and stops the silo when there is no work and no
/// client.
/// </summary>
internal sealed partial class LocalSiloService(
    SiloOptions options,
    SiloEndpoints endpoints,
    IServiceProvider services,
    IGrainFactory grains,
    ClientPresence clients,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<LocalSiloService> logger) : BackgroundService
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;
    private readonly string _home = options.Home;
    private SiloFile? _written;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var busyAt = time.GetTimestamp();
        var ownLog = options.Local ? OwnLog() : null;
        var isInTrouble = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            if (ownLog is not null)
                LogFiles.Empty(ownLog);
            try
            {
                var board = await grains.GetGrain<IBoardGrain>(0).List(stoppingToken);
                isInTrouble = false;
                string[] busy = [.. board.Where(entry => entry.IsUnfinished).Select(entry => entry.Sweep)];
                if (options.Local)
                    Write(busy);
                if (busy.Length > 0)
                    busyAt = time.GetTimestamp();
                var idle = time.GetElapsedTime(busyAt);
                if (options.IdleExit > 0 && Math.Min(idle.TotalSeconds, clients.AbsentFor.TotalSeconds) >= options.IdleExit)
                {
                    LogIdle(options.IdleExit);
                    lifetime.StopApplication();
                    return;
                }

                await Task.Delay(_lookEvery, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Once, not every second.
                if (!isInTrouble)
                    LogTrouble(e);
                isInTrouble = true;
                await Task.Delay(_lookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Before anything else: a client that comes now should start another silo, not call one that is stopping.
        if (_written is not null && SiloFile.TryRead(_home)?.Pid == Environment.ProcessId)
            File.Delete(SiloFile.PathIn(_home));
        await base.StopAsync(cancellationToken);
    }

    private void Write(string[] busy)
    {
        if (_written is not null && _written.Busy.SequenceEqual(busy))
            return;
        _written = new SiloFile
        {
            Pid = Environment.ProcessId,
            StartTicks = StartTicks(),
            SiloPort = endpoints.SiloPort,
            GatewayPort = endpoints.GatewayPort,
            HttpPort = endpoints.HttpPort,
            ClusterId = options.ClusterId,
            Slots = options.Slots,
            Secret = Convert.ToHexStringLower(services.GetRequiredService<GatewaySecret>().Value),
            Build = SiloBuild.Of(AppContext.BaseDirectory),
            Busy = busy,
        };
        _written.Write(_home);
    }

    /// <summary>The log of the data folder if this process writes its output there; else null.</summary>
    private static string? OwnLog() =>
        OperatingSystem.IsLinux() && new FileInfo("/proc/self/fd/1").ResolveLinkTarget(returnFinalTarget: false)?.FullName is { } output
            // Not compared as a whole: a link may lead to the data folder.
            && output.EndsWith(LogFiles.OfSilo(""), StringComparison.Ordinal) ? output : null;

    /// <summary>Field 22 of `/proc/self/stat`; the second field, the command in brackets, may itself contain spaces.</summary>
    private static long StartTicks()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var stat = File.ReadAllText("/proc/self/stat");
        return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture);
    }

    [LoggerMessage(LogLevel.Information, "No work and no client for {Seconds} s: stopping")]
    private partial void LogIdle(int seconds);

    [LoggerMessage(LogLevel.Warning, "The board could not be read; trying again")]
    private partial void LogTrouble(Exception exception);
}
