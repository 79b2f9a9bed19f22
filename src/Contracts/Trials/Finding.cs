using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Trials;

/// <summary>A problem with a trial's training.</summary>
/// <param name="Kind">The kind of problem.</param>
/// <param name="Evidence">The evidence for it, with figures.</param>
/// <param name="Remedy">What to try.</param>
[GenerateSerializer, Immutable, Alias("siamese.Finding")]
public sealed record Finding(FindingKind Kind, string Evidence, string Remedy)
{
    /// <summary>For example `collapsed: spread 0.003 of expected 1.4 since epoch 2; try a margin above 0.5`.</summary>
    public override string ToString() => $"{Words.Of(Kind).Replace('-', ' ')}: {Evidence}; {Remedy}";
}
