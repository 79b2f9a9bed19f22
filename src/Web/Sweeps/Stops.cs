using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Web.Sweeps;

/// <summary>Reads when a sweep stops before all of its trials are trained.</summary>
internal static class Stops
{
    /// <param name="untilEer">Validation EER of a point.</param>
    /// <param name="forSeconds">Time of training.</param>
    /// <exception cref="BadInputException">It is not a time.</exception>
    public static StopRule Read(double? untilEer, double? forSeconds) => new(untilEer, forSeconds switch
    {
        null => null,
        > 0 and var seconds when seconds < TimeSpan.MaxValue.TotalSeconds => TimeSpan.FromSeconds(seconds),
        var other => throw new BadInputException(FormattableString.Invariant($"'forSeconds': {other} is not a number of seconds above 0.")),
    });
}
