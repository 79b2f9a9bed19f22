using Siamese.Client.CommandLine;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Output.Json;

/// <summary>The files that `worst` wrote.</summary>
/// <param name="Threshold">Distances up to it are judged *same*.</param>
internal sealed record WorstDocument(string Folder, double Threshold, IReadOnlyList<WorstDocument.Pair> Pairs)
{
    /// <summary>One pair.</summary>
    /// <param name="Truth">What the pair really is.</param>
    /// <param name="First">Class of the left image.</param>
    /// <param name="Second">Class of the right one.</param>
    /// <param name="Probability">The ensemble's probability that it is *same*.</param>
    internal sealed record Pair(string File, string Truth, string First, string Second, double Distance, double Probability)
    {
        public static Pair Of(string file, WorstPair pair, SamplePair image) => new(file, Word.Of(pair.Truth), image.First, image.Second, pair.Distance, pair.Probability);
    }
}
