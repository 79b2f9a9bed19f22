using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using Siamese.Grains.Data;
using Siamese.Grains.Exchange;

namespace Siamese.Silo.Storage;

/// <summary>
/// Every few hours, one silo of the cluster removes what uploads, imports, evaluations and crashes left behind and nothing
/// needs; see <see cref="StoreCollector"/>.
/// </summary>
internal sealed partial class CollectionService(
    IStore store, Serializer serializer, IGrainFactory grains, IClusterMembershipService members, ILocalSiloDetails self, TimeProvider time, ILogger<CollectionService> logger)
    : BackgroundService
{
    /// <summary>A local silo often lives only for minutes.</summary>
    private static readonly TimeSpan _first = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan _every = TimeSpan.FromHours(6);

    private readonly ILogger _logger = logger;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = _first; ; pause = _every)
        {
            await Task.Delay(pause, time, stoppingToken);
            if (!IsChosen())
                continue;
            try
            {
                await Task.Run(() => Collect(stoppingToken), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The store is away, or a silo is lost; the next run tries again.
                LogFailed(e.Message.ReplaceLineEndings(" "));
            }
        }
    }

    /// <summary>Whether this silo has the first address of all that are active. If two silos disagree for a moment, both collect, which does no harm.</summary>
    private bool IsChosen() =>
        members.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Min(member => member.SiloAddress)?.Equals(self.SiloAddress) == true;

    private async Task Collect(CancellationToken cancellation)
    {
        var expired = 0L;
        var collected = await StoreCollector.Of(store, serializer, time).Run(Expire, cancellation);
        if (collected.Obstacle is { } obstacle)
            LogObstacle(obstacle);
        if (expired + collected.Bytes > 0)
            LogCollected(collected.Blobs, collected.Trials, (expired + collected.Bytes) / 1e6);

        async Task Expire(StoreNeeds.Found found)
        {
            expired += await grains.GetGrain<IDataRegistryGrain>(0).Expire([.. found.Sweeps], cancellation);
            foreach (var import in found.Imports)
                expired += await grains.GetGrain<IBegunImport>(import).RemoveIfAbandoned(cancellation);
        }
    }

    [LoggerMessage(LogLevel.Information, "Removed what nobody needed for a day: {Blobs} blobs, the checkpoints of {Trials} trials, and what was not finished, {Megabytes:F1} MB in total")]
    private partial void LogCollected(int blobs, int trials, double megabytes);

    [LoggerMessage(LogLevel.Warning, "Nothing was removed from the store: {Obstacle}")]
    private partial void LogObstacle(string obstacle);

    [LoggerMessage(LogLevel.Warning, "What nobody needs could not be removed from the store; the next attempt is in six hours: {Problem}")]
    private partial void LogFailed(string problem);
}
