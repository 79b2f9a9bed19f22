namespace Siamese.Model.Exchange;

/// <summary>
/// The program in every exported folder, which reads the folder with PyTorch and Python's standard library only. It builds
/// the same networks as <see cref="Networks.Encoders"/>, so a new encoder or distance also needs a few lines there; a test finds
/// what is missing.
/// </summary>
public static class PytorchLoader
{
    public const string FileName = "siamese_ensemble.py";

    /// <summary>The program's text, UTF-8.</summary>
    public static byte[] Read()
    {
        using var stream = typeof(PytorchLoader).Assembly.GetManifestResourceStream(FileName)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
