using Siamese.Client.CommandLine;
using Siamese.Contracts.Data;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Tests.CommandLine;

public sealed class SweepOrderTests
{
    [Fact]
    public async Task Every_option_reaches_the_request()
    {
        var request = await Submit(
            "--margins 1,2.5 --losses contrastive,triplet --batch-sizes 64,128 --balances 0,1 --learning-rates 1e-3 "
            + "--embedding-sizes 16 --encoders conv --distances cosine --pairing listed,batch --seeds 0,7 --epochs 3 --pairs 500 "
            + "--shards 2 --schedule constant --augment off --slots 3 --split-by class --data / --label-means different --yes");

        var space = request.Space;
        Assert.Equal<double>([1, 2.5], space.Margins);
        Assert.Equal<string>(["contrastive", "triplet"], space.Losses);
        Assert.Equal<int>([64, 128], space.BatchSizes);
        Assert.Equal<double>([0, 1], space.Balances);
        Assert.Equal<double>([1e-3], space.LearningRates);
        Assert.Equal<int>([16], space.EmbeddingSizes);
        Assert.Equal<string>(["conv"], space.Encoders);
        Assert.Equal<string>(["cosine"], space.Distances);
        Assert.Equal<Pairing>([Pairing.Listed, Pairing.Batch], space.Pairings);
        Assert.Equal((3, 500), (space.Epochs, space.Pairs));
        Assert.Equal((LearningRateSchedule.Constant, false), (space.Schedule, space.Augment));
        Assert.Equal<int>([0, 7], request.Seeds);
        Assert.Equal((2, 3), (request.Shards, request.Slots));
        Assert.Equal(new DataSource { Path = "/", SplitBy = SplitBy.Class, LabelMeans = Relation.Different }, request.Data);
        Assert.True(request.StartWhenPrepared);
    }

    [Fact]
    public async Task What_is_not_stated_is_left_to_the_silo()
    {
        var request = await Submit("");

        Assert.True(request.Space.Margins.IsEmpty && request.Space.Encoders.IsEmpty && request.Space.Pairings.IsEmpty);
        Assert.Null(request.Space.Epochs);
        Assert.Null(request.Space.Augment);
        Assert.Equal<int>([1], request.Seeds);
        Assert.Equal(DataSource.MnistMini, request.Data);
    }

    [Fact]
    public async Task A_path_is_made_absolute() =>
        Assert.Equal(Path.GetFullPath("."), (await Submit("--data .")).Data.Path);

    [Fact]
    public async Task The_article_preset_has_the_articles_settings()
    {
        var space = (await Submit("--preset article")).Space;

        Assert.Equal(("article", 2, "euclidean", "contrastive"), (space.Encoders[0], space.EmbeddingSizes[0], space.Distances[0], space.Losses[0]));
        Assert.Equal((2.0, Pairing.Listed, 64, 0.9, 5e-4), (space.Margins[0], space.Pairings[0], space.BatchSizes[0], space.Balances[0], space.LearningRates[0]));
        Assert.Equal((20, 8000, LearningRateSchedule.Constant, false), (space.Epochs, space.Pairs, space.Schedule, space.Augment));
    }

    [Fact]
    public async Task What_is_stated_overrides_the_preset()
    {
        var space = (await Submit("--preset article --epochs 1 --margins 1,2 --augment on")).Space;

        Assert.Equal((1, true), (space.Epochs, space.Augment));
        Assert.Equal<double>([1, 2], space.Margins);
        Assert.Equal<string>(["article"], space.Encoders);
    }

    [Fact]
    public async Task The_output_says_what_of_the_preset_is_the_articles_and_names_the_imbalance()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed(Some.Trial()));
        await client.Run("sweep", "--preset", "article");

        Assert.Contains("Ours, where it is silent: margin 2, Adam", client.Out, StringComparison.Ordinal);
        Assert.Contains("nine in ten different", client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_are_the_product_of_all_lists_shards_and_seeds()
    {
        var request = new SweepRequest { Space = new() { Margins = [1, 2, 5], Losses = ["contrastive", "triplet"] }, Shards = 2, Seeds = [1, 2, 3, 4] };

        Assert.Equal(48, SweepOrder.CountTrials(request));
    }

    private static async Task<SweepRequest> Submit(string options)
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed(Some.Trial()));
        Assert.Equal(0, await client.Run(["sweep", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        return client.Sweep.Submitted!;
    }
}
