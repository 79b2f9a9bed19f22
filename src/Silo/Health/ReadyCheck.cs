using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Siamese.Silo.Storage;

namespace Siamese.Silo.Health;

/// <summary>
/// Whether the silo has joined its cluster, is not about to leave it, and can use its store. Asks neither the cluster nor the
/// store: what is known answers at once.
/// </summary>
internal sealed class ReadyCheck(ISiloStatusOracle silo, IStore store, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check() =>
        // The host knows first: the silo itself leaves only when its trainers and its verdicts are done.
        lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("not ready: the silo is stopping")
        : silo.CurrentStatus != SiloStatus.Active ? HealthCheckResult.Unhealthy($"not ready: the silo is {silo.CurrentStatus} and not Active")
        : store.Health.Problem is { } problem ? HealthCheckResult.Unhealthy($"not ready {problem}")
        : HealthCheckResult.Healthy("ready");
}
