using Siamese.Contracts.Pairs;
using Siamese.Contracts.Tensors;
using Siamese.Model.Data.Images;

namespace Siamese.Grains.Forming;

/// <summary>A blob of what a version of an ensemble measured on validation pairs.</summary>
/// <param name="Distances">The combined distance of each pair.</param>
/// <param name="Pairs">The pairs.</param>
/// <param name="Images">Number of images that the pairs are drawn from.</param>
internal sealed record StoredValidation(float[] Distances, ImagePair[] Pairs, int Images)
{
    private const int Columns = 3;

    /// <param name="ensemble">Makes the blob unique to the version.</param>
    public byte[] Write(string ensemble) => Safetensors.Write(
        [
            new NamedTensor("distances", [Distances.Length], Distances),
            new NamedTensor("pairs", [Pairs.Length, Columns], [.. Pairs.SelectMany(pair => new long[] { pair.First, pair.Second, (long)pair.Relation })]),
            new NamedTensor("images", [], new long[] { Images }),
        ],
        new Dictionary<string, string> { ["ensemble"] = ensemble });

    /// <exception cref="InvalidDataException">The blob holds something else.</exception>
    public static StoredValidation Read(byte[] blob)
    {
        var tensors = Safetensors.Read(blob);
        var rows = tensors["pairs"].Integers.Chunk(Columns);
        return new(
            tensors["distances"].Values,
            [.. rows.Select(row => new ImagePair((int)row[0], (int)row[1], (Relation)row[2]))],
            (int)tensors["images"].Integers[0]);
    }
}
