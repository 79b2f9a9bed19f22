using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Tests.Commands.Trials;

public sealed class ImportanceCommandTests
{
    [Fact]
    public async Task Shares_are_shown_with_their_intervals_and_the_values_with_the_lowest_EER() =>
        Assert.Equal(
            """
            Share of the variance of log EER across 24 points (48 trials); a random forest predicts it with an out-of-bag R² of 0.83.

              hyperparameter   share   95 % interval   best               mean EER   trials
            ─────────────────────────────────────────────────────────────────────────────────
              rate              62 %    48 % to 76 %   0.0021 to 0.0048     2.31 %       16
              loss              13 %     3 % to 22 %   triplet              3.04 %       18
              batch              0 %      0 % to 2 %   1,200                3.50 %       24

            Of the finished trials, 2 have no validation EER and do not count.

            """,
            await Shown(Some.Importance()));

    [Fact]
    public async Task Doubts_come_first_and_unknown_figures_are_not_shown()
    {
        BestValues best = new(2, 2, 0.0231, 2);

        Assert.Equal(
            """
            Validation EERs of 3 points (6 trials):
            3 points are too few for reliable results.

              hyperparameter   best   mean EER   trials
            ─────────────────────────────────────────────
              margin           2        2.31 %        2


            """,
            await Shown(new() { Trials = 6, Points = 3, Doubt = "3 points are too few for reliable results.", Hyperparameters = [new("margin", null, best)] }));
    }

    [Fact]
    public async Task Trials_that_cannot_be_compared_exit_with_2()
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed());
        client.Sweep.Refusal = new Contracts.BadInputException("Every trial of sweep mine has the same hyperparameters.");

        Assert.Equal(2, await client.Run("importance", "mine"));
        Assert.Equal(("", "Every trial of sweep mine has the same hyperparameters.\n"), (client.Out, client.Error));
    }

    private static async Task<string> Shown(ImportanceReport report)
    {
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed());
        client.Sweep.Importance = report;
        Assert.Equal(0, await client.Run("importance", "mine"));
        return string.Join('\n', client.Out.Split('\n').Select(line => line.TrimEnd()));
    }
}
