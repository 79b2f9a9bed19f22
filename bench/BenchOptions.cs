namespace Siamese.Bench;

/// <summary>What every part of the benchmark is told.</summary>
/// <param name="Peer">Folder of other people's programs to measure beside ours; null leaves them out.</param>
/// <param name="ToEer">The validation EER to train down to, by ours and by the naive port; null leaves the port out.</param>
internal sealed record BenchOptions(DirectoryInfo? Peer, double? ToEer);
