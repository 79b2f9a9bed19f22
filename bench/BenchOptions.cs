namespace Siamese.Bench;

/// <summary>What every part of the benchmark is told.</summary>
/// <param name="Peer">Folder of other people's programs to measure beside ours; null leaves them out.</param>
/// <param name="ToEer">The validation EER that ours and the naive port are raced to; null leaves the race out.</param>
/// <param name="Mnist">Folder of MNIST's IDX files, for `trust`.</param>
/// <param name="Strangers">Folder of images of another kind, for `trust`; null leaves them out.</param>
/// <param name="Minutes">Minutes of sweeps, verdicts and kills in place of the scenes of `chaos`; null is the scenes.</param>
internal sealed record BenchOptions(DirectoryInfo? Peer, double? ToEer, double? Minutes, DirectoryInfo? Mnist, DirectoryInfo? Strangers);
