using Siamese.Contracts.Tuning;

namespace Siamese.Model.Training.Optimizers;

/// <summary>The learning rate over a trial.</summary>
internal static class LearningRates
{
    /// <summary>A cosine schedule ends at this share of the given rate, so that the last steps still have an effect.</summary>
    private const double Floor = 0.01;

    /// <summary>One cycle: the share of the given rate at the start, the share of steps until the full rate, and the share of the rate at the end.</summary>
    private const double Start = 1.0 / 25;
    private const double Rise = 0.3;
    private const double End = 1e-4 / 25;

    /// <param name="schedule">The schedule.</param>
    /// <param name="rate">The given rate.</param>
    /// <param name="progress">Completed share of the trial's steps, 0 to 1.</param>
    public static double At(LearningRateSchedule schedule, double rate, double progress) => schedule switch
    {
        LearningRateSchedule.Constant => rate,
        LearningRateSchedule.Cosine => rate * Between(1, Floor, progress),
        LearningRateSchedule.OneCycle => rate * (progress < Rise ? Between(Start, 1, progress / Rise) : Between(1, End, (progress - Rise) / (1 - Rise))),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule)),
    };

    /// <summary>Half a cosine from one number to another.</summary>
    private static double Between(double from, double to, double progress) => to + ((from - to) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
}
