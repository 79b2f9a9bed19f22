namespace Siamese.Grains.Trials;

/// <summary>How long a lease lasts.</summary>
public sealed class LeaseTerm
{
    /// <summary>A lease that is not renewed for this long expires. Default: 12 s.</summary>
    public TimeSpan Length { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>How often a trainer renews: three times a term.</summary>
    public TimeSpan RenewEvery => Length / 3;
}
