using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Wording;
using Siamese.Page.Layout;

namespace Siamese.Page.Ensembles;

/// <summary>What the page of an ensemble shows.</summary>
/// <param name="Visitor">Who looks at it.</param>
/// <param name="Summary">The version.</param>
/// <param name="Versions">Every version, the newest last.</param>
/// <param name="Result">What its sweep measured on test pairs; null if that was measured for other members, or not at all.</param>
/// <param name="Drifts">How recent feedback contradicts it.</param>
/// <param name="Measured">A measurement on test pairs that was asked for on the page; null if the visitor may not ask for one.</param>
/// <param name="Limit">The error rate that is read off its curve.</param>
/// <param name="Form">Proves that forms are from here; null if the visitor may send none.</param>
/// <param name="Now">The time.</param>
public sealed record EnsembleModel(
    Visitor Visitor,
    EnsembleSummary Summary,
    IReadOnlyList<EnsembleSummary> Versions,
    SweepResult? Result,
    IReadOnlyList<Drift> Drifts,
    EvaluationState? Measured,
    RateLimit Limit,
    FormToken? Form,
    DateTimeOffset Now)
{
    public Ensemble Ensemble => Summary.Ensemble;

    /// <summary>The page's address, without a limit.</summary>
    public string Address => Visitor.EnsembleAt(Ensemble.Name, IsNewest ? null : Ensemble.Version);

    /// <summary>Where what belongs to this version is.</summary>
    public string Folder => FormattableString.Invariant($"{Visitor.EnsembleAt(Ensemble.Name)}/versions/{Ensemble.Version}");

    public bool IsNewest => Ensemble.Version == Versions[^1].Ensemble.Version;

    /// <summary>Labels of its members.</summary>
    public TrialLabels Labels { get; } = new([.. Summary.Ensemble.Members.Select(member => member.Spec)]);

    /// <summary>Whether a measurement has begun and not ended.</summary>
    public bool IsMeasuring => Measured is { IsKnown: true, Result: null, Problem: null };

    /// <summary>Whether the visitor may see images of the data.</summary>
    public bool MaySeeImages => Visitor.Role >= Role.Train;
}
