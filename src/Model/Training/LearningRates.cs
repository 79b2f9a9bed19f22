using Siamese.Contracts.Sweeps;

namespace Siamese.Model.Training;

/// <summary>The learning rate over a trial.</summary>
internal static class LearningRates
{
    /// <summary>A cosine ends at this share of the stated rate, so that the last steps still do something.</summary>
    private const double Floor = 0.01;

    /// <param name="schedule">The schedule.</param>
    /// <param name="rate">The stated rate.</param>
    /// <param name="progress">Share of the trial's steps that are done, 0 to 1.</param>
    public static double At(LearningRateSchedule schedule, double rate, double progress) => schedule switch
    {
        LearningRateSchedule.Constant => rate,
        LearningRateSchedule.Cosine => rate * (Floor + ((1 - Floor) * 0.5 * (1 + Math.Cos(Math.PI * progress)))),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule)),
    };
}
