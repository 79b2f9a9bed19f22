using System.Diagnostics;

namespace Siamese.Grains.Telemetry;

/// <summary>Our own traces, in addition to those of Orleans.</summary>
public static class SiameseTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "Siamese";

    public static readonly ActivitySource Source = new(Name);
}
