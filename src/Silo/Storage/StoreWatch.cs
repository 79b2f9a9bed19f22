using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;

namespace Siamese.Silo.Storage;

/// <summary>Looks every few seconds whether the store can be reached, because a silo may have nothing to read for hours, and now and then how large it is.</summary>
internal sealed partial class StoreWatch(IStore store, TimeProvider time, ILogger<StoreWatch> logger) : BackgroundService
{
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(5);

    /// <summary>This share of the time is spent on measuring the store, at most, because it may have a million files.</summary>
    private const double MeasuringShare = 0.01;

    private static readonly TimeSpan _measuredFor = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logger;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Watch(stoppingToken), Measure(stoppingToken));

    private async Task Watch(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_every, time);
        string? known = null;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Task.Run(Look, stoppingToken);
            var problem = store.Health.Problem;
            if (problem is not null && known is null)
                LogAway(problem);
            else if (problem is null && known is not null)
                LogBack(store.Name);
            known = problem;
        }
    }

    private async Task Measure(CancellationToken stoppingToken)
    {
        while (true)
        {
            var began = time.GetTimestamp();
            try
            {
                store.Health.WasMeasured(await Task.Run(store.Measure, stoppingToken));
            }
            catch (Exception e) when (e is BadInputException or StoreUnavailableException or IOException or UnauthorizedAccessException)
            {
                // The last size stays. Whether the store can be reached is another question, which the other loop asks.
            }

            var usual = time.GetElapsedTime(began) / MeasuringShare;
            await Task.Delay(usual > _measuredFor ? usual : _measuredFor, time, stoppingToken);
        }
    }

    private void Look()
    {
        try
        {
            store.Secrets();
            store.Health.WasRead();
        }
        catch (Exception e) when (e is BadInputException or StoreUnavailableException)
        {
            store.Health.IsUnreachable(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "Not ready {Problem} Verdicts by ensembles in memory still work")]
    private partial void LogAway(string problem);

    [LoggerMessage(LogLevel.Information, "The store {Store} can be used again")]
    private partial void LogBack(string store);
}
