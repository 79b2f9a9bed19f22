using System.Diagnostics;
using System.Globalization;
using Siamese.Contracts.Data;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using static TorchSharp.torch;

namespace Siamese.Bench.Train;

/// <summary>
/// A plain port of an encoder, which trains in a process of its own: a newcomer's program keeps the C library's settings for memory,
/// and a silo's settings apply to a whole process.
/// </summary>
internal sealed class PlainPort : IDisposable
{
    /// <summary>First argument of the process.</summary>
    public const string Command = "plain-port";

    private readonly Process _process;

    /// <param name="encoder">`conv` or `residual`.</param>
    /// <param name="batchSize">Images in a batch.</param>
    /// <param name="steps">Batches in each measurement.</param>
    public PlainPort(string encoder, int batchSize, int steps) =>
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Command, encoder, Text(batchSize), Text(steps)]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>Measures once.</summary>
    public double ImagesPerSecond()
    {
        _process.StandardInput.WriteLine();
        return double.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The plain port ended."), CultureInfo.InvariantCulture);
    }

    /// <summary>The process: answers each line with a rate, until the last.</summary>
    public static int Run(string[] options)
    {
        set_num_threads(1);
        var (batchSize, steps) = (int.Parse(options[1], CultureInfo.InvariantCulture), int.Parse(options[2], CultureInfo.InvariantCulture));
        var images = DataSets.Open(new DataSource(), ImageShape.Digits, CancellationToken.None).Training.Images;
        using var training = new PlainTraining(PlainEncoders.Named(options[0]), images, batchSize, steps);
        while (Console.ReadLine() is not null)
            Console.WriteLine(Alternation.Rate(steps * batchSize, training.RunEpoch).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
