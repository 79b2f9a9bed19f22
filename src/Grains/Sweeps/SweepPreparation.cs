using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Data;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Threads;
using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Readers;
using Siamese.Model.Data.Splits;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Grains.Sweeps;

/// <summary>Reads a sweep's data, one step at a time, and plans the sweep or rejects it.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="phases">Enters the next phase.</param>
/// <param name="library">Reads data sets.</param>
internal sealed class SweepPreparation(SweepActivation sweep, SweepPhases phases, DataLibrary library)
{
    private Task<DataSet[]>? _reading;
    private DateTimeOffset _began;
    private ImmutableArray<ReadCount> _counts = [];
    private Task<DataSet>? _checking;

    private IDataRegistryGrain Registry => sweep.Grains.GetGrain<IDataRegistryGrain>(0);

    /// <summary>Tells the registry that the sweep uses an uploaded data set and backbones, so that they are kept.</summary>
    /// <param name="request">The sweep's request.</param>
    /// <param name="before">Its request before; what only that used is released. Null if there was none.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task FollowUploads(SweepRequest request, SweepRequest? before, CancellationToken cancellation)
    {
        var uploads = UploadsOf(request);
        foreach (var manifest in uploads)
            await Registry.Follow(manifest, sweep.Id, cancellation);
        foreach (var manifest in before is null ? [] : UploadsOf(before).Except(uploads))
            await Registry.Forget(manifest, sweep.Id, cancellation);
    }

    /// <summary>Releases the uploaded data set and the backbones.</summary>
    /// <returns>Bytes freed.</returns>
    public async Task<long> ForgetUploads(SweepRequest request, CancellationToken cancellation)
    {
        var freed = 0L;
        foreach (var manifest in UploadsOf(request))
            freed += await Registry.Forget(manifest, sweep.Id, cancellation);
        return freed;
    }

    /// <summary>Manifests of the uploaded data set and the backbones.</summary>
    private static string[] UploadsOf(SweepRequest request) =>
    [
        .. new[] { request.Data.Manifest }.OfType<string>(),
        .. request.Space.ValuesOf(BackboneName.Hyperparameter).Select(value => BackboneName.Find(value.Word)?.Manifest).OfType<string>().Distinct(),
    ];

    /// <summary>Checks that data at a path is still what the ended sweep was trained on. Calls that arrive meanwhile share one read.</summary>
    /// <exception cref="BadInputException">The data has changed, or can no longer be read.</exception>
    public async Task CheckUnchanged(CancellationToken cancellation)
    {
        var (request, plan) = (sweep.State.Request!, sweep.State.Plan);
        if (request.Data.Path is null || plan is null)
            return;
        var checking = _checking ??= OpenAny(request);
        try
        {
            var data = await checking.WaitAsync(cancellation);
            if (data.Fingerprint != plan.DataFingerprint)
            {
                throw new BadInputException(
                    $"{request.Data.Path} has changed since sweep '{sweep.Id}' was trained on it. Choose another name to train on the new data, or remove that sweep.");
            }
        }
        finally
        {
            if (checking.IsCompleted && _checking == checking)
                _checking = null;
        }
    }

    /// <summary>Starts to read the data, or checks on it. Nothing changes while it is being read.</summary>
    /// <exception cref="DataUnavailableException">This silo cannot get the data; another may.</exception>
    public async Task<SweepChange> Poll()
    {
        var request = sweep.State.Request!;
        if (_reading is null)
            (_reading, _began) = (Read(request), sweep.Time.GetUtcNow());
        if (!_reading.IsCompleted)
            return SweepChange.None;
        using var span = SweepTrace.Prepare(sweep, _began);
        var reading = _reading;
        _reading = null;
        try
        {
            var data = (await reading)[0];
            var (facts, plan) = await OwnThread.Run(
                () =>
                {
                    var its = SweepPlanning.FactsOf(request, data);
                    var planned = SweepPlanning.Plan(request, data, its);
                    return (its, sweep.State.Donor is { } donor ? planned with { Remarks = [donor.Remark, .. planned.Remarks] } : planned);
                },
                CancellationToken.None);
            sweep.Logger.LogPlanned(sweep.Id, plan.Trials, plan.DataName);
            return phases.Plan(plan, facts, CodeVersion.Current, sweep.Time.GetUtcNow());
        }
        catch (Exception e) when (e is DataUnavailableException ? !DataUnavailableException.AnotherSiloIsTried(sweep.State.Unavailable) : !Transient.Is(e))
        {
            // Reading again would fail the same way.
            if (e is not BadInputException)
                sweep.Logger.LogUnreadable(e, sweep.Id);
            var problem = e is BadInputException or DataUnavailableException ? e.Message : $"the data could not be read: {e.GetType().Name}: {e.Message}";
            span.Failed(problem);
            return phases.Reject(problem, sweep.Time.GetUtcNow());
        }
    }

    /// <summary>How far the data has been read; null if it is not being read.</summary>
    public ImagesRead? Progress => _counts.Sum(count => count.All) is var all and > 0 && _reading is { IsCompleted: false }
        ? new(_counts.Sum(count => count.Read), all)
        : null;

    /// <summary>What data is read to for the plan. Features take long, and only trials need them.</summary>
    private static InputShape ToPlan(Hyperparameters point) => Encoders.InputOf(point) is var input && input is BackboneShape ? ImageShape.Digits : input;

    private async Task<DataSet> OpenAny(SweepRequest request)
    {
        var shape = await OwnThread.Run(() => ToPlan(DataDefaults.ExpandUnread(request).Points[0]), CancellationToken.None);
        return await library.Open(request.Data, shape, CancellationToken.None);
    }

    private async Task<DataSet[]> Read(SweepRequest request)
    {
        var shapes = await OwnThread.Run(() => DataDefaults.ExpandUnread(request).Points.Select(ToPlan).Distinct().ToArray(), CancellationToken.None);
        _counts = [.. shapes.Select(_ => new ReadCount())];
        return await Task.WhenAll(shapes.Zip(_counts, (shape, count) => library.Open(request.Data, shape, CancellationToken.None, count)));
    }
}
