using System.Text.Json;
using Siamese.Contracts.Tensors;
using Siamese.Contracts.Trials;

namespace Siamese.Model.Training;

/// <summary>
/// A copy of everything that determines how a trial's training continues: weights and buffers, the optimizer's state, and the
/// progress, which also determines all random numbers. Taken in milliseconds between two batches; converted to bytes elsewhere.
/// </summary>
public sealed class TrainingSnapshot
{
    private const string What = "siamese";
    private const string Checkpoint = "checkpoint";
    private const string Trial = "trial";
    private const string Code = "code";
    private const string Place = "progress";

    private readonly TrialSpec _spec;

    internal TrainingSnapshot(TrialSpec spec, TrainingProgress progress, IReadOnlyList<NamedTensor> tensors) =>
        (_spec, Progress, Tensors) = (spec, progress, tensors);

    /// <summary>Number of finished epochs.</summary>
    public int Epoch => Progress.Reports.Count;

    /// <summary>Number of trained batches in the epoch after those.</summary>
    public int Batch => Progress.Sums.Batches;

    /// <summary>Seconds of training so far, including earlier leases.</summary>
    public double Seconds => Progress.Seconds;

    internal TrainingProgress Progress { get; }

    internal IReadOnlyList<NamedTensor> Tensors { get; }

    /// <summary>The checkpoint as a safetensors file that identifies itself. Can be called on any thread.</summary>
    public byte[] Write() => Safetensors.Write(Tensors, new Dictionary<string, string>
    {
        [What] = Checkpoint,
        [Trial] = _spec.Id,
        [Code] = CodeVersion.Current,
        [Place] = JsonSerializer.Serialize(Progress, TrainingProgressJson.Default.TrainingProgress),
    });

    /// <summary>Reads what <see cref="Write"/> wrote for this trial.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, not a checkpoint, or from another trial or another build.</exception>
    internal static TrainingSnapshot Read(ReadOnlySpan<byte> file, TrialSpec spec)
    {
        var read = Safetensors.Read(file);
        if (Said(What) != Checkpoint)
            throw new InvalidDataException("The file is not a checkpoint.");
        if (Said(Trial) != spec.Id)
            throw new InvalidDataException($"The checkpoint belongs to trial {Said(Trial)}, not to {spec.Id}.");
        if (Said(Code) != CodeVersion.Current)
            throw new InvalidDataException($"The checkpoint was written by code version {Said(Code)}; this is {CodeVersion.Current}.");
        return new TrainingSnapshot(spec, Parse(Said(Place), spec.Hyperparameters.Epochs), read.Tensors);

        string Said(string key) => read.Metadata.GetValueOrDefault(key, "");
    }

    private static TrainingProgress Parse(string json, int epochs)
    {
        try
        {
            var progress = JsonSerializer.Deserialize(json, TrainingProgressJson.Default.TrainingProgress);
            return progress?.Reports.Count < epochs
                ? progress
                : throw new InvalidDataException($"The checkpoint claims to be taken after {progress?.Reports.Count ?? 0} of {epochs} epochs.");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"The checkpoint's progress cannot be parsed: {problem.Message}", problem);
        }
    }
}
