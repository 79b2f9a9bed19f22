using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Model.Ensembles;

namespace Siamese.Model.Tests.Ensembles;

public sealed class RecalibrationFitTests
{
    [Fact]
    public void Feedback_that_agrees_changes_little_and_gains_nothing()
    {
        var (probabilities, truths) = Drawn(400, probability => probability);
        var found = Fit(probabilities, truths);

        Assert.InRange(found.Slope, 0.8, 1.2);
        Assert.InRange(found.Shift, -0.3, 0.3);
        Assert.InRange(found.LossAfter - found.LossBefore, -0.01, 0.02);
    }

    [Fact]
    public void Overconfident_probabilities_are_pulled_towards_one_half()
    {
        // The predicted log odds are two and a half times what they should be.
        var (probabilities, truths) = Drawn(2000, probability => Logistic(0.4 * LogOdds(probability)));
        var found = Fit(probabilities, truths);

        Assert.InRange(found.Slope, 0.33, 0.47);
        Assert.True(found.LossAfter < found.LossBefore - 0.02, $"{found}");
    }

    [Fact]
    public void A_shift_is_found_and_fewer_pairs_find_less_of_it()
    {
        var many = Fit([.. Shifted(500).Select(pair => pair.Probability)], [.. Shifted(500).Select(pair => pair.Truth)]);
        var few = Fit([.. Shifted(12).Select(pair => pair.Probability)], [.. Shifted(12).Select(pair => pair.Truth)]);

        Assert.True(many.Shift > 1, $"{many}");
        Assert.InRange(few.Shift, 0.2, many.Shift - 0.2);
        Assert.Equal((12, 12), (few.Same, few.Different));
    }

    [Fact]
    public void The_fit_minimises_loss_plus_prior()
    {
        var (probabilities, truths) = Drawn(60, probability => Logistic((0.6 * LogOdds(probability)) + 0.5));
        var found = Fit(probabilities, truths);

        var least = Objective(probabilities, truths, found.Slope, found.Shift);
        foreach (var (slope, shift) in new[] { (0.01, 0.0), (-0.01, 0), (0, 0.01), (0, -0.01), (0.01, 0.01), (-0.01, -0.01), (0.01, -0.01), (-0.01, 0.01) })
            Assert.True(Objective(probabilities, truths, found.Slope + slope, found.Shift + shift) > least);
    }

    [Fact]
    public void One_wrong_label_on_a_certain_pair_does_not_outweigh_the_others()
    {
        double[] probabilities = [.. Enumerable.Repeat(0.9, 30), .. Enumerable.Repeat(0.1, 30), 1 - 1e-16];
        Relation[] truths = [.. Enumerable.Repeat(Relation.Same, 30), .. Enumerable.Repeat(Relation.Different, 30), Relation.Different];

        Assert.InRange(Fit(probabilities, truths).Slope, 0.5, 1.5);
    }

    [Fact]
    public void Ten_pairs_that_count_a_tenth_each_weigh_as_much_as_one()
    {
        double[] few = [.. Enumerable.Repeat(0.7, 12), .. Enumerable.Repeat(0.4, 12)];
        Relation[] truths = [.. Enumerable.Repeat(Relation.Same, 12), .. Enumerable.Repeat(Relation.Different, 12)];
        var once = Fit(few, truths);
        var often = RecalibrationFit.Fit(
            [.. few.SelectMany(probability => Enumerable.Repeat(probability, 10))], [.. truths.SelectMany(truth => Enumerable.Repeat(truth, 10))], [.. Enumerable.Repeat(0.1, 240)]);

        Assert.Equal(once.Slope, often.Slope, 1e-6);
        Assert.Equal(once.Shift, often.Shift, 1e-6);
        Assert.Equal(once.LossBefore, often.LossBefore, 1e-9);
        Assert.Equal((120, 120), (often.Same, often.Different));
    }

    [Fact]
    public void Too_few_pairs_of_a_kind_are_refused() => Assert.Throws<ArgumentException>(
        () => Fit([.. Enumerable.Repeat(0.5, 30)], [.. Enumerable.Repeat(Relation.Same, 21), .. Enumerable.Repeat(Relation.Different, 9)]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1e-300)]
    public void Certain_probabilities_stay_certain(double probability) =>
        Assert.Equal(probability, new Recalibration(1, 0, 10, 10, 0, 0).Correct(probability), 1e-12);

    /// <summary>A plain second implementation of the objective.</summary>
    private static double Objective(double[] probabilities, Relation[] truths, double slope, double shift)
    {
        var same = truths.Count(truth => truth is Relation.Same);
        var different = truths.Length - same;
        var effective = 4.0 * same * different / truths.Length;
        var loss = (Math.Pow((slope - 1) / 0.5, 2) / 2) + (shift * shift / 2);
        for (var i = 0; i < truths.Length; i++)
        {
            var corrected = Logistic((slope * LogOdds(probabilities[i])) + shift);
            loss -= truths[i] is Relation.Same
                ? effective / 2 / same * Math.Log(corrected)
                : effective / 2 / different * Math.Log(1 - corrected);
        }

        return loss;
    }

    private static (double[] Probabilities, Relation[] Truths) Drawn(int pairs, Func<double, double> really)
    {
        var random = new Random(3);
        double[] probabilities = [.. Enumerable.Range(0, pairs).Select(_ => Logistic(6 * (random.NextDouble() - 0.5)))];
        return (probabilities, Array.ConvertAll(probabilities, probability => random.NextDouble() < really(probability) ? Relation.Same : Relation.Different));
    }

    /// <summary>Same pairs with a probability of 0.4, and as many different pairs with 0.1.</summary>
    private static IEnumerable<(double Probability, Relation Truth)> Shifted(int ofEach) =>
        Enumerable.Repeat((0.4, Relation.Same), ofEach).Concat(Enumerable.Repeat((0.1, Relation.Different), ofEach));

    private static double LogOdds(double probability) => Math.Log(probability / (1 - probability));

    private static double Logistic(double odds) => 1 / (1 + Math.Exp(-odds));

    private static Recalibration Fit(double[] probabilities, Relation[] truths) => RecalibrationFit.Fit(probabilities, truths, [.. truths.Select(_ => 1.0)]);
}
