using Siamese.Client.Commands.Following;
using Siamese.Client.Commands.Trials;
using Siamese.Client.Terminals;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Tests.Commands.Following;

public sealed class SweepReportTests
{
    private static readonly TrialReport[] _trials =
    [
        Some.Trial("3fa94c2155667788", margin: 2),
        Some.Trial("b5d1aa0011223344", margin: 5, eer: 0.03) with { Reused = true },
        Some.Trial("77e0bb0011223344", margin: 1, eer: 0.5, status: TrialStatus.Unusable, reason: "collapsed: spread 0.003 of 1.4"),
    ];

    [Fact]
    public void A_report_shows_trials_members_and_their_results_on_test_pairs() =>
        Assert.Equal(
            """

            Sweep zolaki-47 completed after 1 min 35 s: 3 trials, 2 completed, 1 unusable; 1 reused from earlier sweeps.
            Every trial: encoder conv, size 32, loss contrastive, distance euclidean, pairing batch, batch 120, balance 0.5, rate 0.002, schedule cosine, epochs 20, augment on, seed 1.
            EER, AUC and accuracy are on validation pairs.

              trial      margin       EER       AUC   accuracy   different pairs   status              time
            ─────────────────────────────────────────────────────────────────────────────────────────────────
              3fa94c21        2    2.31 %   99.80 %    97.70 %           60.00 %   completed           41 s
              b5d1aa00        5    3.00 %   99.80 %    97.70 %           60.00 %   completed, reused   41 s
              77e0bb00        1   50.00 %   99.80 %    97.70 %           60.00 %   unusable            41 s

            77e0bb00 unusable: collapsed: spread 0.003 of 1.4
            Ensemble zolaki-47, version 1: 2 members
              weight 0.750  3fa94c21 margin 2  (validation EER 2.31 %)
              weight 0.250  b5d1aa00 margin 5  (validation EER 3.00 %, on unseen shards 4.10 %)

            On 200,000 held-out test pairs:
              ensemble              EER 1.23 % (1.01 to 1.44 %), AUC 99.80 %, accuracy 97.70 %
              best member 3fa94c21  EER 2.00 % (1.69 to 2.33 %), AUC 99.80 %, accuracy 97.70 %
              EER difference        −0.77 points (−1.01 to −0.54), unlikely to be chance
              probability           off by 0.61 points on average (0.44 to 0.93)
              errors in common      41.20 % of the mistakes that either of two members makes
            Intervals are 95 %, from a bootstrap over the 10,000 test images.
            Its worst mistakes, as images: client worst zolaki-47 --out worst

            Ask it about two images: client verdict A.png B.png --ensemble zolaki-47

            """,
            Write(width: 200));

    [Fact]
    public void With_several_members_the_smallest_and_largest_shares_of_common_errors_are_shown() => Assert.Contains(
        "\n  errors in common      30.00 % of the mistakes that either of two members makes, on average (20.00 to 40.00 %)\n",
        Write(width: 200, Some.Result() with { Errors = new([0.1, 0.1, 0.1], [0.2, 0.3, 0.4]) }), StringComparison.Ordinal);

    [Theory]
    [InlineData(-0.002, 0.001, ", may be chance")]
    [InlineData(0.001, 0.002, "unlikely to be chance")]
    public void A_difference_is_called_real_only_if_its_interval_excludes_zero(double low, double high, string judgement) =>
        Assert.Contains(judgement, Write(width: 200, Some.Result() with { Intervals = Some.Result().Intervals! with { Difference = new(low, high) } }), StringComparison.Ordinal);

    [Fact]
    public void An_ensemble_of_one_member_shows_no_difference_and_a_result_of_an_earlier_build_no_interval()
    {
        Assert.DoesNotContain("difference", Write(width: 200, Some.Result() with { Intervals = Some.Result().Intervals! with { Difference = default } }), StringComparison.Ordinal);
        Assert.Contains("ensemble              EER 1.23 %, AUC", Write(width: 200, Some.Result() with { Intervals = null }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, "trial margin EER AUC accuracy status time")]
    [InlineData(60, "trial margin EER status time")]
    [InlineData(45, "trial EER status")]
    [InlineData(24, "trial EER")]
    public void On_a_narrow_terminal_the_table_drops_columns_instead_of_breaking_lines(int width, string headings)
    {
        var lines = Write(width).Split('\n');
        var heading = Array.FindIndex(lines, line => line.TrimStart().StartsWith("trial ", StringComparison.Ordinal));

        Assert.Equal(headings, string.Join(' ', lines[heading].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.All(lines[heading..(heading + 5)], line => Assert.True(line.Length <= width));
        Assert.StartsWith("  3fa94c21", lines[heading + 2], StringComparison.Ordinal);
        Assert.StartsWith("  77e0bb00", lines[heading + 4], StringComparison.Ordinal);
    }

    [Fact]
    public void Training_problems_are_shown_for_usable_trials_too_and_only_once()
    {
        var oneSided = new Finding(FindingKind.OneSidedPairs, "0 of 400 training pairs per epoch are different", "try --balances 0.5");
        var collapsed = new Finding(FindingKind.Collapsed, "spread 0.003 of expected 1.4 since epoch 2", "try a margin above 0.5");
        var (usable, unusable) = (Some.Trial(), Some.Trial(status: TrialStatus.Unusable, reason: collapsed.ToString()));
        TrialReport[] trials = [usable with { Result = usable.Result! with { Findings = [oneSided] } }, unusable with { Result = unusable.Result! with { Findings = [collapsed, oneSided] } }];

        Assert.Equal("3fa94c21 unusable: collapsed: spread 0.003 of expected 1.4 since epoch 2; try a margin above 0.5", Assert.Single(TrialTable.Reasons(trials)));
        const string said = "3fa94c21 one sided pairs: 0 of 400 training pairs per epoch are different; try --balances 0.5";
        Assert.Equal([said, said], TrialTable.Findings(trials));
    }

    [Fact]
    public void A_cancelled_trial_needs_no_reason() =>
        Assert.Empty(TrialTable.Reasons([Some.Trial(status: TrialStatus.Cancelled, reason: "cancelled by the user")]));

    private static string Write(int width, SweepResult? result = null)
    {
        using var writer = new StringWriter();
        SweepReport.Write(Terminal.Plain(writer, width), Some.Completed(_trials) with { Result = result ?? Some.Result() }, _trials);
        return string.Join('\n', writer.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
    }
}
