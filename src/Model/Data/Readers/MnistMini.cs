namespace Siamese.Model.Data.Readers;

/// <summary>
/// The built-in data set: 1,000 training, 1,000 validation and 10,000 test digits of MNIST. Origin, licence and
/// how it was made: `MnistMini/README.md`.
/// </summary>
internal static class MnistMini
{
    public const string Name = "mnist-mini";

    /// <summary>Number of its images.</summary>
    private const int Count = 12_000;

    public static LabelledImages Read(Reading reading)
    {
        reading.Reserve(Count, reading.Input);
        IdxImages[] parts = [Open("train"), Open("validation"), Open("t10k")];
        var validationFrom = parts[0].Images.Count;
        var given = new GivenSplit(validationFrom, validationFrom + parts[1].Images.Count);
        return IdxImages.Pool(Name, parts, given, reading);
    }

    private static IdxImages Open(string part) => new(part, Open($"{part}-images-idx3-ubyte", 3), Open($"{part}-labels-idx1-ubyte", 1));

    private static IdxFile Open(string name, int dimensions)
    {
        using var stream = typeof(MnistMini).Assembly.GetManifestResourceStream($"{Name}/{name}.gz")
            ?? throw new InvalidOperationException($"{Name}/{name}.gz is not in the assembly.");
        return IdxFile.Read(stream, stream.Length, packed: true, name, dimensions);
    }
}
