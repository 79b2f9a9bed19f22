using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;

namespace Siamese.Silo.Storage;

/// <summary>Looks every few seconds whether the store can be reached, because a silo may have nothing to read for hours.</summary>
internal sealed partial class StoreWatch(IStore store, TimeProvider time, ILogger<StoreWatch> logger) : BackgroundService
{
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = logger;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
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
