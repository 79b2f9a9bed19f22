namespace Siamese.Contracts.Ensembles;

/// <summary>Answers for pairs, on whichever silo is asked. A stateless worker; key: the ensemble's name.</summary>
[Alias("siamese.IVerdictGrain")]
public interface IVerdictGrain : IGrainWithStringKey
{
    /// <summary>Judges two image files (PNG, JPEG, BMP or PGM, as bytes of the file).</summary>
    /// <exception cref="BadInputException">There is no such ensemble, or an image cannot be read.</exception>
    [Alias("Judge")]
    Task<Verdict> Judge(ImageFile first, ImageFile second, CancellationToken cancellation);
}
