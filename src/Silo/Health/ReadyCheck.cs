using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Siamese.Silo.Health;

/// <summary>
/// Whether the silo has joined its cluster, is not about to leave it, and has what it needs. Asks neither the cluster nor the
/// store: what is known answers at once.
/// </summary>
internal sealed class ReadyCheck(ISiloStatusOracle silo, IEnumerable<IReadiness> needs, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check() =>
        // The host knows first: the silo itself leaves only when its trainers and its verdicts are done.
        lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("not ready: the silo is stopping")
        : silo.CurrentStatus != SiloStatus.Active ? HealthCheckResult.Unhealthy($"not ready: the silo is {silo.CurrentStatus} and not Active")
        : needs.Select(need => need.Problem).FirstOrDefault(problem => problem is not null) is { } problem ? HealthCheckResult.Unhealthy($"not ready {problem}")
        : HealthCheckResult.Healthy("ready");
}
