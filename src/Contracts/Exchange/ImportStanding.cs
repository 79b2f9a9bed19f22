using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Exchange;

/// <summary>What is still to do for an import.</summary>
/// <param name="Missing">Paths of the files to send.</param>
/// <param name="There">The ensemble, where the very same was brought in before; else null.</param>
[GenerateSerializer, Immutable, Alias("siamese.ImportStanding")]
public sealed record ImportStanding(ImmutableArray<string> Missing, EnsembleSummary? There);
