using Siamese.Client.Connections;
using Siamese.Client.Files;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Embeddings;

/// <summary>Embeds images, hundreds per call and several calls at a time, all with one version of an ensemble.</summary>
internal sealed class BulkEmbedding(Surroundings surroundings, Calls calls)
{
    private const int ImagesPerCall = 2 * IVerdictGrain.MaximumPairs;
    private const int CallsAtOnce = 4;

    /// <param name="ensemble">Its name.</param>
    /// <param name="version">Its version; null for the newest.</param>
    /// <param name="images">Paths of the images.</param>
    /// <exception cref="BadInputException">There is no such ensemble or version, or no image can be embedded.</exception>
    public async Task<ImageEmbeddings> Run(string ensemble, int? version, IReadOnlyList<string> images)
    {
        using var progress = new ProgressLine(surroundings);
        version ??= (await calls.Make((cluster, token) => cluster.Ensemble(ensemble).GetNewest(token), surroundings.End) ?? throw EnsembleLookup.Unknown(ensemble)).Ensemble.Version;
        var (members, ids, rows, problems) = ((IReadOnlyList<MemberEmbeddings>)[], new List<string>(), new List<float[]>(), new List<string>());
        await CallsInOrder.Make(ImageParts.Of(images, image => image, ImagesPerCall), CallsAtOnce, part => Embed(ensemble, version.Value, part), Add);
        if (ids.Count == 0)
            throw new BadInputException(string.Join('\n', problems));
        return new(ensemble, version.Value, members, ids, rows, problems);

        void Add(Embedded part)
        {
            problems.AddRange(part.Problems);
            if (part.Answer is { } answer)
            {
                var read = part.Sent.Where((_, i) => answer.Problems[i] is null).ToArray();
                problems.AddRange(answer.Problems.OfType<string>());
                ids.AddRange(read);
                rows.AddRange(Enumerable.Range(0, read.Length).Select(row => RowOf(answer, row)));
                members = [.. answer.Members.Select(member => member with { Rows = [] })];
            }

            var done = ids.Count + problems.Count;
            progress.Say((double)done / images.Count, () => $"{Figures.Count(done)} of {Figures.Count(images.Count)} images processed.");
        }
    }

    private static float[] RowOf(EmbeddedImages answer, int row) =>
        [.. answer.Members.SelectMany(member => member.Rows.AsSpan().Slice(row * member.Width, member.Width).ToArray())];

    private async Task<Embedded> Embed(string ensemble, int version, IReadOnlyList<string> part)
    {
        var (read, unread) = await ImageReading.ReadAll(part, path => path, ImageReading.ReadWithStrokes, surroundings.End);
        var answer = read.Count == 0 ? null : await calls.MakeLarge(
            (cluster, token) => cluster.Verdicts(ensemble).Embed([.. read.Select(image => image.File)], version, token), surroundings.End);
        return new([.. read.Select(image => image.Image)], answer, [.. unread.Select(image => image.Problem)]);
    }

    /// <param name="Sent">Paths of the images that were sent.</param>
    /// <param name="Answer">Their embeddings; null if no image could be sent.</param>
    /// <param name="Problems">Why the others could not be sent.</param>
    private sealed record Embedded(IReadOnlyList<string> Sent, EmbeddedImages? Answer, IReadOnlyList<string> Problems);
}
