namespace Siamese.Testing.Signatures;

/// <summary>
/// The speed of one movement: a lognormal function of the time since its onset (Plamondon 1995, "A kinematic theory of rapid
/// human movements").
/// </summary>
/// <param name="Onset">When the command is given (t0), in seconds.</param>
/// <param name="Amplitude">The distance that the whole movement covers (D), in mm.</param>
/// <param name="Delay">Logarithm of the median time from the onset, in seconds (μ).</param>
/// <param name="Response">Spread of that logarithm (σ).</param>
public readonly record struct LogNormalPulse(double Onset, double Amplitude, double Delay, double Response)
{
    /// <summary>Speed at a time in seconds, in mm/s.</summary>
    public double Speed(double time)
    {
        var since = time - Onset;
        if (since <= 0)
            return 0;
        var z = (Math.Log(since) - Delay) / Response;
        return Amplitude / (Response * Math.Sqrt(2 * Math.PI) * since) * Math.Exp(-z * z / 2);
    }

    /// <summary>Share of the distance that is covered at a time in seconds, from 0 to 1: the integral of the speed.</summary>
    public double Share(double time)
    {
        var since = time - Onset;
        return since <= 0 ? 0 : (1 + Erf((Math.Log(since) - Delay) / (Response * Math.Sqrt(2)))) / 2;
    }

    /// <summary>The time in seconds that lies this many σ from the median, on the logarithmic scale.</summary>
    public double At(double deviations) => Onset + Math.Exp(Delay + (deviations * Response));

    /// <summary>Abramowitz and Stegun, 7.1.26: wrong by 1.5e-7 at most.</summary>
    private static double Erf(double x)
    {
        var t = 1 / (1 + (0.3275911 * Math.Abs(x)));
        var polynomial = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        return Math.Sign(x) * (1 - (polynomial * Math.Exp(-x * x)));
    }
}
