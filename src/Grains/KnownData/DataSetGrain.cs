using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.KnownData;
using Siamese.Grains.Data;
using Siamese.Grains.Threads;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;

namespace Siamese.Grains.KnownData;

/// <inheritdoc cref="IDataSetGrain"/>
/// <remarks>Reentrant: reading and comparing are done on threads of their own, and other calls are answered meanwhile.</remarks>
[Reentrant]
internal sealed partial class DataSetGrain(DataLibrary library, TimeProvider time, ILogger<DataSetGrain> logger) : Grain, IDataSetGrain, IDisposable
{
    /// <summary>Longest side of a picture.</summary>
    private const int LongestSide = 96;

    /// <summary>Bytes that the pictures of a data set may take in memory while they are looked at.</summary>
    private const double MaximumBytes = 128 << 20;

    /// <summary>How long a call waits for data that is being read.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <summary>How long data that could not be read is not read again.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(30);

    /// <summary>Size at which pen strokes are drawn.</summary>
    private static readonly ImageShape _drawn = new(LongestSide, LongestSide);

    private readonly ILogger _logger = logger;
    private readonly CancellationTokenSource _end = new();
    private Task _reading = Task.CompletedTask;
    private ContentSummary? _content;
    private LookAlikes? _lookAlikes;
    private string? _problem;
    private long _failedAt;

    /// <summary>Pictures that are being read.</summary>
    private Task<DataSet>? _opening;

    /// <summary>Pictures that were read; the library lets go of them when nobody has looked at them for some time, or others need the memory.</summary>
    private WeakReference<DataSet>? _pictures;

    private string Id => this.GetPrimaryKeyString();

    public async Task<DataSetDetails> GetDetails(int from, int count, CancellationToken cancellation)
    {
        BadInputException.ThrowUnless(from >= 0 && count is >= 0 and <= IDataSetGrain.MaximumClasses, $"Ask for up to {IDataSetGrain.MaximumClasses} classes, from 0.");
        var known = await Find(cancellation);
        if (_content is null && known.Source is { } source)
        {
            if (_reading.IsCompleted && (_problem is null || time.GetElapsedTime(_failedAt) >= _pause))
                _reading = Read(source);
            await Task.WhenAny(_reading, Task.Delay(_patience, time, cancellation));
        }

        return new DataSetDetails { Known = known, Content = _content?.Content(from, count), Problem = _problem, LookAlikes = _lookAlikes };
    }

    public async Task<ImmutableArray<byte>> GetPicture(SplitPart part, int index, CancellationToken cancellation)
    {
        var images = LookAlikeSearch.SplitOf(await Pictures(cancellation), part).Images;
        if (index < 0 || index >= images.Count)
            throw BadInputException.Missing(FormattableString.Invariant($"There is no image {index} among the {images.Count} of this split."));
        return DataLook.Png(images, images[index], _drawn);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _end.CancelAsync();

    public void Dispose() => _end.Dispose();

    private async Task<KnownDataSet> Find(CancellationToken cancellation) =>
        (await GrainFactory.GetGrain<IDataSetsGrain>(0).List(cancellation)).Used.FirstOrDefault(data => data.Fingerprint == Id)
            ?? throw BadInputException.Missing($"No sweep uses a data set '{PlainText.Of(Id)}'.");

    /// <summary>Not awaited to its end by its caller; other calls come in meanwhile.</summary>
    private async Task Read(DataSource source)
    {
        DelayDeactivation(TimeSpan.FromHours(1));
        try
        {
            _problem = null;
            var (data, content) = await OwnThread.Run(
                () =>
                {
                    var read = library.Get(source, ImageShape.Digits, Id);
                    return (read, ContentSummary.Of(read));
                },
                _end.Token);
            _content = content;
            Compare(data).Ignore();
        }
        catch (Exception e)
        {
            (_problem, _failedAt) = (Why(e), time.GetTimestamp());
        }
    }

    private async Task Compare(DataSet data)
    {
        try
        {
            _lookAlikes = await OwnThread.Run(() => LookAlikeSearch.Of(data, _end.Token), _end.Token);
        }
        catch (Exception e)
        {
            _lookAlikes = new(0, 0, [], []) { WhyNot = Why(e) };
        }
    }

    private string Why(Exception e)
    {
        if (e is not (BadInputException or DataUnavailableException))
            LogFailed(e, Id);
        return e is BadInputException or DataUnavailableException ? e.Message
            : e is OutOfMemoryException ? "The memory of this silo does not suffice now; try again later."
            : "The data could not be looked at; the silo's log has the reason.";
    }

    private async Task<DataSet> Pictures(CancellationToken cancellation)
    {
        if (_pictures is not null && _pictures.TryGetTarget(out var kept))
            return kept;
        return await (_opening ??= Open()).WaitAsync(cancellation);
    }

    /// <summary>Reads the pictures once for all calls that wait for some.</summary>
    private async Task<DataSet> Open()
    {
        try
        {
            var source = (await Find(CancellationToken.None)).Source
                ?? throw BadInputException.Conflict("The data has no pictures until one of its sweeps has an ensemble.");
            var pictures = await HereOnly.Read(OwnThread.Run(() => DataLook.Open(library, source, Id, LongestSide, MaximumBytes), _end.Token));
            _pictures = new(pictures);
            return pictures;
        }
        finally
        {
            _opening = null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The data set {DataSet} could not be looked at.")]
    private partial void LogFailed(Exception exception, string dataSet);
}
