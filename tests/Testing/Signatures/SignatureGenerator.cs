using System.Globalization;

namespace Siamese.Testing.Signatures;

/// <summary>
/// Draws signatures of people who do not exist, after the sigma-lognormal model of handwriting (Plamondon 1995; O'Reilly and
/// Plamondon 2009). A genuine signature is its writer's strokes with a little noise; a skilled forgery has the shape of one, but
/// the movements of another person. A drawing depends only on the seed, the writer and its number, not on earlier calls.
/// </summary>
/// <param name="seed">Decides who the writers and forgers are.</param>
public sealed class SignatureGenerator(int seed)
{
    private const int Rate = 200;

    /// <summary>High enough that a slower copy shows no corners between the samples of its model.</summary>
    private const int FineRate = 1000;

    private const int ForgersOfAWriter = 4;

    /// <param name="writer">Number of the writer, from 0.</param>
    /// <param name="number">Number of the signature, from 0.</param>
    public SignatureDrawing Genuine(int writer, int number)
    {
        var draws = Draws("genuine", writer, number);
        var signer = new Writer(Draws("writer", writer, 0));
        var samples = Variation.Place(PenTrace.Of(Variation.Vary(signer.Strokes, draws, 1), Rate), draws, 1);
        return new SignatureDrawing(signer.Pressure.Press(samples, draws), draws.Below(int.MaxValue));
    }

    /// <summary>A skilled forgery by one of the writer's four forgers, who take turns.</summary>
    /// <param name="writer">Number of the writer whose signature it imitates.</param>
    /// <param name="number">Number of the forgery, from 0.</param>
    public SignatureDrawing Forgery(int writer, int number)
    {
        var draws = Draws("forgery", writer, number);
        var strokes = new Writer(Draws("writer", writer, 0)).Strokes;
        var forger = new Forger(Draws("forger", writer, number % ForgersOfAWriter));
        var varied = PenTrace.Of(Variation.Vary(strokes, draws, forger.Inaccuracy), FineRate);
        var specimen = Variation.Place(varied, draws, forger.Inaccuracy);
        var duration = PenTrace.Of(strokes, Rate)[^1].Time;
        return new SignatureDrawing(forger.Pressure.Press(forger.Copy(specimen, duration, draws), draws), draws.Below(int.MaxValue));
    }

    /// <summary>
    /// Writes `writer_000/genuine/00.csv`, `writer_000/forged/00.csv` and so on, and the same with `.png`. Both views of a
    /// signature have the same name and lie in the same folder.
    /// </summary>
    /// <param name="root">The folder; it is created.</param>
    /// <param name="seed">As for the generator.</param>
    /// <param name="writers">Number of writers.</param>
    /// <param name="genuine">Genuine signatures of each writer.</param>
    /// <param name="forgeries">Forgeries of each writer's signature.</param>
    /// <param name="strokes">Whether to write the movements, as CSV.</param>
    /// <param name="images">Whether to write the scans, as PNG.</param>
    public static void WriteFolder(string root, int seed, int writers, int genuine, int forgeries, bool strokes, bool images)
    {
        var generator = new SignatureGenerator(seed);
        for (var writer = 0; writer < writers; writer++)
        {
            var folder = Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"writer_{writer:000}"));
            for (var i = 0; i < genuine; i++)
                Write(generator.Genuine(writer, i), Path.Combine(folder, "genuine"), i, strokes, images);
            for (var i = 0; i < forgeries; i++)
                Write(generator.Forgery(writer, i), Path.Combine(folder, "forged"), i, strokes, images);
        }
    }

    private static void Write(SignatureDrawing drawing, string folder, int number, bool strokes, bool images)
    {
        Directory.CreateDirectory(folder);
        var stem = Path.Combine(folder, number.ToString("00", CultureInfo.InvariantCulture));
        if (strokes)
        {
            using var file = new StreamWriter(stem + ".csv");
            drawing.WriteStrokes(file);
        }

        if (images)
            File.WriteAllBytes(stem + ".png", drawing.ToPng());
    }

    private Draws Draws(string kind, int writer, int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{seed} {kind} {writer} {number}"));
}
