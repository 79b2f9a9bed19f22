using System.Text.Json;
using Siamese.Contracts.Training;
using Siamese.Model.Checkpoints;

namespace Siamese.Model.Training;

/// <summary>
/// A copy of everything that decides how a trial's training goes on: weights and buffers, both of Adam's moments, and the
/// place. All that is random follows from the place. Taken in milliseconds between two batches; turned into bytes elsewhere.
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

    /// <summary>Epochs that were finished.</summary>
    public int Epoch => Progress.Reports.Count;

    /// <summary>Batches of the epoch after those that were trained.</summary>
    public int Batch => Progress.Sums.Batches;

    /// <summary>Seconds of training so far, earlier leases included.</summary>
    public double Seconds => Progress.Seconds;

    internal TrainingProgress Progress { get; }

    internal IReadOnlyList<NamedTensor> Tensors { get; }

    /// <summary>The checkpoint as a safetensors file that says what it is. On any thread.</summary>
    public byte[] Write() => Safetensors.Write(Tensors, new Dictionary<string, string>
    {
        [What] = Checkpoint,
        [Trial] = _spec.Id,
        [Code] = CodeVersion.Current,
        [Place] = JsonSerializer.Serialize(Progress, TrainingProgressJson.Default.TrainingProgress),
    });

    /// <summary>What <see cref="Write"/> wrote for this very trial.</summary>
    /// <exception cref="InvalidDataException">It is damaged, no checkpoint, or one of another trial or another build.</exception>
    internal static TrainingSnapshot Read(ReadOnlySpan<byte> file, TrialSpec spec)
    {
        var read = Safetensors.Read(file);
        if (Said(What) != Checkpoint)
            throw new InvalidDataException("The file is no checkpoint.");
        if (Said(Trial) != spec.Id)
            throw new InvalidDataException($"The checkpoint is of trial {Said(Trial)}, not of {spec.Id}.");
        if (Said(Code) != CodeVersion.Current)
            throw new InvalidDataException($"The checkpoint is by code version {Said(Code)}; this is {CodeVersion.Current}.");
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
                : throw new InvalidDataException($"The checkpoint says that it was taken after {progress?.Reports.Count ?? 0} of {epochs} epochs.");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"The checkpoint does not say where it was taken: {problem.Message}", problem);
        }
    }
}
