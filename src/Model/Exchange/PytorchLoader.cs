namespace Siamese.Model.Exchange;

/// <summary>
/// The program that lies in every exported folder: reads it with PyTorch and Python's own library alone. It builds what
/// <see cref="Networks.Encoders"/> does, so a new encoder or distance is a few lines there too.
/// </summary>
public static class PytorchLoader
{
    public const string FileName = "siamese_ensemble.py";

    /// <summary>Its text, UTF-8.</summary>
    public static byte[] Read()
    {
        using var stream = typeof(PytorchLoader).Assembly.GetManifestResourceStream(FileName)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
