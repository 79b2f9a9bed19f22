using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Uploads;

/// <summary>Reports the progress of an upload on standard error: while it is sent, and at the end if anything was.</summary>
internal sealed class UploadProgress(Surroundings surroundings, string name) : IDisposable
{
    private readonly ProgressLine _line = new(surroundings);
    private long _sent;
    private long _all;

    public void Begin(long bytes) => _all = _sent + bytes;

    public void Sent(long bytes)
    {
        _sent += bytes;
        if (_sent < _all)
            _line.Say((double)_sent / _all, () => $"Uploading {name}: {Figures.Megabytes(_sent)} of {Figures.Megabytes(_all)}.");
    }

    public void End()
    {
        Dispose();
        if (_sent > 0)
            surroundings.Terminal.Error.WriteLine($"Uploaded {name}: {Figures.Megabytes(_sent)}.");
    }

    public void Dispose() => _line.Dispose();
}
