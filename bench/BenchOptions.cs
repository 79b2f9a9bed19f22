using Siamese.Contracts.Tuning;

namespace Siamese.Bench;

/// <summary>The options that every part of the benchmark gets.</summary>
/// <param name="Peer">Folder of third-party programs to compare with ours; null leaves them out.</param>
/// <param name="ToEer">The validation EER that ours and the naive port race to; null leaves the race out.</param>
/// <param name="Mnist">Folder of MNIST's IDX files, for `trust`.</param>
/// <param name="Strangers">Folder of images of another kind, for `trust`; null leaves them out.</param>
/// <param name="Minutes">Minutes of sweeps, verdicts and kills instead of the scenes of `chaos`, or of `hostile`; null runs the scenes, or everything.</param>
/// <param name="Network">File of a network in the format of ONNX, for `backbone`.</param>
/// <param name="Omniglot">Omniglot's folder `images_background`, for `warm`.</param>
/// <param name="IsSmoke">Whether every part runs in its shortest form, only to show that it works.</param>
internal sealed record BenchOptions(
    DirectoryInfo? Peer, double? ToEer, double? Minutes, DirectoryInfo? Mnist, DirectoryInfo? Strangers, FileInfo? Network, DirectoryInfo? Omniglot, bool IsSmoke)
{
    private const int FewSteps = 10;

    /// <summary>A size: how many rounds, trials or images, or how long.</summary>
    /// <param name="full">For figures that mean something.</param>
    /// <param name="smoke">For the shortest form.</param>
    public T Size<T>(T full, T smoke) => IsSmoke ? smoke : full;

    /// <summary>The point itself, or in the shortest form one epoch of a few batches of it.</summary>
    public Hyperparameters Size(Hyperparameters point) =>
        IsSmoke ? point with { Epochs = 1, Steps = point.Pairing is Pairing.Batch ? FewSteps : null } : point;

    /// <summary>A space with a single point of so many epochs, or in the shortest form of one epoch of a few batches.</summary>
    public SearchSpace SpaceOf(int epochs) =>
        IsSmoke ? SearchSpace.Of(("epochs", [1]), ("steps", [FewSteps])) : SearchSpace.Of(("epochs", [epochs]));
}
