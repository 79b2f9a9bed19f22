using System.Diagnostics;
using System.Security.Cryptography;
using Siamese.Model.Training;

namespace Siamese.Bench.Train;

/// <summary>Takes checkpoints; serializes each, hashes it and flushes it to a file on another thread, one at a time.</summary>
/// <param name="every">The shortest time between two of them.</param>
internal sealed class WrittenCheckpoints(TimeSpan every) : ICheckpoints, IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"siamese-bench-{Guid.NewGuid():N}");
    private long _last = Stopwatch.GetTimestamp();
    private Task _writing = Task.CompletedTask;

    public bool AreDue(bool endsEpoch) => _writing.IsCompleted && Stopwatch.GetElapsedTime(_last) >= every;

    public void Take(TrainingSnapshot snapshot)
    {
        _last = Stopwatch.GetTimestamp();
        _writing = Task.Run(() => Write(snapshot));
    }

    /// <summary>Waits until the last checkpoint is on disk, and deletes it.</summary>
    public void Dispose()
    {
        _writing.GetAwaiter().GetResult();
        File.Delete(_path);
    }

    private void Write(TrainingSnapshot snapshot)
    {
        var bytes = snapshot.Write();
        var partial = $"{_path}.{Convert.ToHexStringLower(SHA256.HashData(bytes))}.partial";
        using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, _path, overwrite: true);
    }
}
