using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;

namespace Siamese.Contracts.Exchange;

/// <summary>What an import still needs.</summary>
/// <param name="Missing">Paths of the files to send.</param>
/// <param name="There">The ensemble, if the same one was imported before; else null.</param>
[GenerateSerializer, Immutable, Alias("siamese.ImportStanding")]
public sealed record ImportStanding(ImmutableArray<string> Missing, EnsembleSummary? There);
