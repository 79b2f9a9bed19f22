using Siamese.Contracts.Sweeps;

namespace Siamese.Model.Training;

/// <summary>The learning rate over a trial.</summary>
internal static class LearningRates
{
    /// <summary>A cosine ends at this share of the stated rate, so that the last steps still do something.</summary>
    private const double Floor = 0.01;

    /// <summary>One cycle: it starts at this share of the stated rate, is there after this share of the steps, and ends at this share.</summary>
    private const double Start = 1.0 / 25;
    private const double Rise = 0.3;
    private const double End = 1e-4 / 25;

    /// <param name="schedule">The schedule.</param>
    /// <param name="rate">The stated rate.</param>
    /// <param name="progress">Share of the trial's steps that are done, 0 to 1.</param>
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
