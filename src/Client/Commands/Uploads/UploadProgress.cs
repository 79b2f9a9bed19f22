using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Uploads;

/// <summary>Reports the progress of an upload on standard error: every few seconds, and at the end if anything was sent.</summary>
internal sealed class UploadProgress(Surroundings surroundings, string name)
{
    private readonly ProgressLines _lines = new(surroundings);
    private long _sent;
    private long _all;

    public void Begin(long bytes) => _all = _sent + bytes;

    public void Sent(long bytes)
    {
        _sent += bytes;
        if (_sent < _all)
            _lines.Say(() => $"Uploading {name}: {Figures.Megabytes(_sent)} of {Figures.Megabytes(_all)}.");
    }

    public void End()
    {
        if (_sent > 0)
            surroundings.Terminal.Error.WriteLine($"Uploaded {name}: {Figures.Megabytes(_sent)}.");
    }
}
