using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Evaluations;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Tests.Data;
using Siamese.Grains.Tests.Ensembles;
using Siamese.Grains.Threads;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;

namespace Siamese.Grains.Tests.Evaluations;

/// <summary>Evaluations of an ensemble on images that the user chooses.</summary>
public sealed class EvaluationTests(FormedEnsemble formed) : IClassFixture<FormedEnsemble>, IDisposable
{
    private static readonly EvaluationRequest _plain = new() { Ensemble = FormedEnsemble.Name };

    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-evaluation-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_pairs_of_the_sweeps_test_images_give_the_figures_of_the_sweep()
    {
        var evaluation = await Evaluate(_plain);

        var (said, pairs) = (formed.Ended.Result!, evaluation.Pairs!);
        Assert.Equal((60, 10, ImageChoice.Test, true, 0), (evaluation.Images.Count, evaluation.Images.Classes, evaluation.Images.Choice, evaluation.Images.IsTrainedOn, evaluation.Images.UsedBefore));
        Assert.Null(evaluation.Images.SplitBy); // The data contains its own test images.
        Assert.Equal((10 * 15, (60 * 59 / 2) - 150), (pairs.Same, pairs.Different));
        Assert.Equal(said.Test.Eer, pairs.Ensemble.Eer.Value, 1e-9);
        Assert.Equal(said.Test.Auc, pairs.Ensemble.Auc.Value, 1e-9);
        Assert.Equal(said.Test.Accuracy, pairs.Ensemble.Accuracy.Value, 1e-9);
        Assert.Equal(said.Test.TarAtFar01, pairs.Ensemble.TarAtFar01.Value, 1e-9);
        Assert.Equal(said.Intervals!.CalibrationError, pairs.CalibrationError.Value, 1e-9);
        Assert.Equal((said.BestMember, said.BestMemberTest.Eer), (evaluation.BestMember, pairs.BestMember.Eer.Value));
        Assert.Equal(said.Intervals.Ensemble.Low, pairs.Ensemble.Eer.Low, 0.02);
        Assert.Equal((1.0, 0.0), (pairs.Curve[0].Frr, pairs.Curve[^1].Frr));
        Assert.Equal((1, EvaluationProtocol.Pairs), (evaluation.Version, evaluation.Request.Protocol));
    }

    [Fact]
    public async Task The_same_request_gives_the_same_figures_and_training_images_are_reported()
    {
        var all = _plain with { Images = ImageChoice.All, Pairs = 300 };

        var (once, twice, other) = (await Evaluate(all), await Evaluate(all), await Evaluate(all with { Seed = 2 }));

        Assert.Equal((300, 240), (once.Images.Count, once.Images.UsedBefore));
        Assert.Equal((300, 300), (once.Pairs!.Same, once.Pairs.Different));
        Assert.Equal(once.Pairs.Ensemble, twice.Pairs!.Ensemble);
        Assert.NotEqual(once.Pairs.Ensemble, other.Pairs!.Ensemble);
    }

    [Fact]
    public async Task Untrained_encoders_beat_chance_in_one_shot_trials()
    {
        var evaluation = await Evaluate(_plain with { Protocol = EvaluationProtocol.OneShot, Ways = 5, Trials = 200 });

        var shot = evaluation.OneShot!;
        Assert.Null(evaluation.Pairs);
        Assert.InRange(shot.Ensemble.Value, 0.3, 1);
        Assert.InRange(shot.Ensemble.Value, shot.Ensemble.Low, shot.Ensemble.High);
        Assert.Equal((DrawerRule.Unknown, 0, false), (shot.Drawers, shot.Groups, shot.IsByGroups));
        Assert.Contains("Choose among 10 or fewer", await Problem(_plain with { Protocol = EvaluationProtocol.OneShot }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_other_images_is_evaluated_as_a_whole_and_within_its_groups()
    {
        await WriteDigits();
        var mine = _plain with { Data = new DataSource { Path = _folder } };

        var pairs = await Evaluate(mine with { Negatives = Negatives.SameGroup });
        Assert.Equal((ImageChoice.All, false, 40, 2), (pairs.Images.Choice, pairs.Images.IsTrainedOn, pairs.Images.Count, pairs.Images.Groups));
        Assert.Equal((60, 2 * 10 * 16), (pairs.Pairs!.Same, pairs.Pairs.Different));

        var shot = await Evaluate(mine with { Protocol = EvaluationProtocol.OneShot, Ways = 5, Trials = 20 });
        Assert.Equal((DrawerRule.OneAndAnother, 2, 0), (shot.OneShot!.Drawers, shot.OneShot.Groups, shot.OneShot.GroupsLeftOut));
        Assert.Contains("no groups", await Problem(_plain with { Negatives = Negatives.SameGroup }), StringComparison.Ordinal);
        Assert.Contains("is not a CSV of pairs", await Problem(mine with { Protocol = EvaluationProtocol.Csv }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pairs_of_a_csv_are_evaluated_as_listed()
    {
        var digits = await Digits();
        for (var i = 0; i < 29; i++)
            Write($"{i}.png", PngWriter.Write(digits[i], ImageShape.Digits));
        // An image that the ensemble has seen, under another name and in another format.
        var seen = await OwnThread.Run(() => DataSets.Open(formed.Source, ImageShape.Digits, CancellationToken.None).Training.Images, CancellationToken.None);
        Write("29.png", PngWriter.Write(seen[7], ImageShape.Digits));
        await File.WriteAllLinesAsync(Path.Combine(_folder, "pairs.csv"), Enumerable.Range(0, 29).Select(i => $"{i}.png,{i + 1}.png,{(i % 3 == 0 ? "same" : "different")}"));
        var listed = _plain with { Data = new DataSource { Path = Path.Combine(_folder, "pairs.csv") } };

        var evaluation = await Evaluate(listed);

        Assert.Equal((EvaluationProtocol.Csv, 10, 19, 30), (evaluation.Request.Protocol, evaluation.Pairs!.Same, evaluation.Pairs.Different, evaluation.Pairs.Images));
        Assert.Equal((ImageChoice.All, false, 1), (evaluation.Images.Choice, evaluation.Images.IsTrainedOn, evaluation.Images.UsedBefore));
        Assert.Contains("use 'protocol' csv", await Problem(listed with { Protocol = EvaluationProtocol.OneShot }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploaded_data_is_evaluated_and_then_released()
    {
        await WriteDigits();
        var manifest = await Uploaded.Pieces(formed.Cluster.Blobs, _folder);
        var end = await formed.Cluster.Client.GetGrain<IUploadGrain>(0).Seal([.. manifest.Write()], default);
        var uploaded = _plain with { Data = new DataSource { Manifest = end.Manifest, Name = "my digits" } };

        var evaluation = await Evaluate(uploaded);

        Assert.Equal(("my digits", 40), (evaluation.Images.Data, evaluation.Images.Count));
        await TestCluster.Until(async () => !(await formed.Cluster.Blobs.Missing([end.Manifest], default)).IsEmpty);
        Assert.Equal(manifest.Pieces.Count, (await formed.Cluster.Blobs.Missing([.. manifest.Pieces.Select(piece => piece.Sha256)], default)).Length);
        Assert.Contains("no longer in the store", (await Refusal(uploaded)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_requests_are_refused()
    {
        Assert.Contains("no ensemble 'nobody'", (await Refusal(_plain with { Ensemble = "nobody" })).Message, StringComparison.Ordinal);
        Assert.Contains("its newest is 1", (await Refusal(_plain with { Version = 2 })).Message, StringComparison.Ordinal);
        Assert.Contains("'ways': 1 is not 2 or above.", (await Refusal(_plain with { Ways = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", await Problem(_plain with { Data = new DataSource { Path = "/no/such/folder" } }), StringComparison.Ordinal);
        Assert.False((await Grain().GetState(default)).IsKnown);
    }

    /// <summary>Four images of each digit, each named as if by a different drawer; the digits form two groups.</summary>
    private async Task WriteDigits()
    {
        var digits = await Digits();
        foreach (var ofClass in Enumerable.Range(0, digits.Count).GroupBy(i => digits.Labels[i]))
        {
            foreach (var (drawer, image) in ofClass.Take(4).Index())
                Write($"{(ofClass.Key < 5 ? "low" : "high")}/{ofClass.Key}/{ofClass.Key:0000}_{drawer:00}.png", PngWriter.Write(digits[image], ImageShape.Digits));
        }
    }

    private static Task<ImageSet> Digits() => OwnThread.Run(
        () => DataSets.Open(DataSource.MnistMini, ImageShape.Digits, CancellationToken.None).Validation.Images, CancellationToken.None);

    private void Write(string name, byte[] png)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, name))!);
        File.WriteAllBytes(Path.Combine(_folder, name), png);
    }

    private IEvaluationGrain Grain() => formed.Cluster.Client.GetGrain<IEvaluationGrain>(Guid.NewGuid().ToString());

    private async Task<Evaluation> Evaluate(EvaluationRequest request)
    {
        var state = await End(request);
        return state.Result ?? throw new InvalidOperationException(state.Problem);
    }

    private async Task<string> Problem(EvaluationRequest request)
    {
        var state = await End(request);
        Assert.Equal(EvaluationFault.BadInput, state.Fault);
        return state.Problem!;
    }

    private Task<BadInputException> Refusal(EvaluationRequest request) => Assert.ThrowsAsync<BadInputException>(() => Grain().Start(request, default));

    private async Task<EvaluationState> End(EvaluationRequest request)
    {
        var grain = Grain();
        await grain.Start(request, default);
        await grain.Start(request, default); // Idempotent: it has already started.
        await TestCluster.Until(async () => await grain.GetState(default) is { Result: not null } or { Problem: not null });
        return await grain.GetState(default);
    }
}
