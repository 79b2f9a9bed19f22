using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Siamese.Contracts.Clusters;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Clusters;
using Siamese.Web.Requests;
using Siamese.Web.Serving;

namespace Siamese.Page.Layout;

/// <summary>What every page shows of its cluster: where else the same page is, and whether the store can be used.</summary>
/// <param name="Others">Starts of the addresses of the other silos' pages.</param>
/// <param name="Trouble">Why the store cannot be used; null if it can.</param>
internal sealed record ClusterView(IReadOnlyList<string> Others, StoreTrouble? Trouble);

/// <summary>
/// What silos have reported, for all pages of this program. The board is asked at most every two seconds. If it does not answer,
/// because its silo has died, pages are not kept waiting, and show what was reported last.
/// </summary>
/// <param name="time">The time.</param>
internal sealed class ClusterNews(TimeProvider time)
{
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(500);

    private volatile Known? _known;

    /// <summary>Lets the pages of a group know it.</summary>
    public void AddTo(RouteGroupBuilder pages) => pages.AddEndpointFilter(async (invocation, next) =>
    {
        var context = invocation.HttpContext;
        var view = Of(await Read(context.RequestServices.GetRequiredService<GrainCalls>()), context.RequestServices.GetService<ServingSilo>()?.Name);
        context.Features.Set(view);
        // A page may find out whether the others answer.
        if (view.Others.Count > 0 && context.GetEndpoint()?.Metadata.GetMetadata<PagePolicy>() is { } policy)
            context.Response.Headers.ContentSecurityPolicy = PagePolicies.AlsoTo(policy, view.Others);
        return await next(invocation);
    });

    /// <param name="silos">What silos have reported.</param>
    /// <param name="own">Name of the silo that serves the page; null if none does.</param>
    public static ClusterView Of(IReadOnlyList<SiloSlots> silos, string? own)
    {
        // Several silos behind one address are one to users.
        var here = silos.FirstOrDefault(silo => silo.Silo == own)?.News?.Page;
        return new(
            [.. silos.Where(silo => silo.Silo != own).Select(silo => silo.News?.Page).OfType<string>().Where(page => page != here).Distinct().Order(StringComparer.Ordinal)],
            silos.Select(silo => silo.News?.Store?.Trouble).OfType<StoreTrouble>().MaxBy(trouble => trouble.Seconds));
    }

    private async Task<IReadOnlyList<SiloSlots>> Read(GrainCalls calls)
    {
        var last = _known;
        if (last is not null && time.GetElapsedTime(last.At) < _every)
            return last.Silos;
        // Whoever comes meanwhile does not ask too.
        _known = new(last?.Silos ?? [], time.GetTimestamp());
        try
        {
            var silos = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).GetSlots(cancellation)).WaitAsync(_patience, time);
            _known = new(silos, time.GetTimestamp());
            return silos;
        }
        catch (Exception) when (!calls.Ended.IsCancellationRequested)
        {
            // If the page itself needs what does not answer, it says so.
            return last?.Silos ?? [];
        }
    }

    private sealed record Known(IReadOnlyList<SiloSlots> Silos, long At);
}
