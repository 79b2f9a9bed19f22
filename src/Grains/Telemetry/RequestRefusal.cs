namespace Siamese.Grains.Telemetry;

/// <summary>Why a silo refused a request from outside the cluster, or sent it away for some time.</summary>
public enum RequestRefusal
{
    /// <summary>It has no valid key.</summary>
    NoKey,

    /// <summary>Its key does not allow it.</summary>
    NotAllowed,

    /// <summary>Its sender has sent too many.</summary>
    TooManyRequests,

    /// <summary>The silo has as much to do as it can.</summary>
    Busy,

    /// <summary>A silo or the store does not answer.</summary>
    Away,

    /// <summary>Too few members of an ensemble can be loaded.</summary>
    NoQuorum,
}
