using Microsoft.AspNetCore.Http;
using Siamese.Contracts.Access;
using Siamese.Contracts.Clusters;
using Siamese.Web.Access;

namespace Siamese.Page.Layout;

/// <summary>Who looks at a page, and from where.</summary>
/// <param name="Start">The way to where all paths start, such as `../`: the beginning of every link, which holds behind any proxy.</param>
/// <param name="Name">Name of the visitor's key, or of the user who needs none.</param>
/// <param name="Role">What the visitor may do.</param>
public sealed record Visitor(string Start, string Name, Role Role)
{
    /// <summary>Starts of the addresses of the other silos' pages.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Why the store cannot be used; null if it can.</summary>
    public StoreTrouble? Trouble { get; init; }

    /// <summary>The address of the overview.</summary>
    public string Home => Start.Length == 0 ? "./" : Start;

    /// <summary>The address of a sweep's page.</summary>
    public string SweepAt(string sweep) => $"{Start}sweeps/{Uri.EscapeDataString(sweep)}";

    /// <summary>The address of a trial's page.</summary>
    public string TrialAt(string trial) => $"{Start}trials/{Uri.EscapeDataString(trial)}";

    /// <summary>The address of an ensemble's page.</summary>
    /// <param name="version">A version; null for the newest.</param>
    public string EnsembleAt(string ensemble, int? version = null) => $"{Start}ensembles/{Uri.EscapeDataString(ensemble)}{(version is { } number ? FormattableString.Invariant($"?version={number}") : "")}";

    internal static Visitor Of(HttpContext context)
    {
        var admission = context.Features.Get<Visit>()?.Admission ?? throw new InvalidOperationException("Nobody was admitted.");
        var cluster = context.Features.Get<ClusterView>();
        return new(StartOf(context), admission.Name, admission.Role) { Others = cluster?.Others ?? [], Trouble = cluster?.Trouble };
    }

    internal static string StartOf(HttpContext context) => context.GetEndpoint()!.Metadata.GetMetadata<SignInAddress>()!.ToStart(context.Request);
}
