using System.Collections.Immutable;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Problems;
using Siamese.Web.Verdicts.Batches;

namespace Siamese.Web.Tests.Verdicts;

public sealed class KeptImagesTests
{
    [Fact]
    public void No_more_bytes_are_kept_than_the_maximum_until_an_image_is_forgotten()
    {
        var kept = new KeptImages();
        kept.Keep("a", Image(ImageFile.MaximumBytes));
        kept.Keep("b", Image(ImageFile.MaximumBytes));

        var refusal = Assert.Throws<ProblemException>(() => kept.Keep("c", Image(1)));
        kept.Forget("a");
        kept.Keep("c", Image(1));

        Assert.Equal(ProblemKind.TooLarge, refusal.Kind);
        Assert.Equal(1, kept.Find("c").Size);
    }

    [Fact]
    public void No_more_images_are_kept_than_the_maximum()
    {
        var kept = new KeptImages();
        for (var i = 0; i < KeptImages.MaximumCount; i++)
            kept.Keep($"{i}", Image(1));

        Assert.Equal(ProblemKind.TooLarge, Assert.Throws<ProblemException>(() => kept.Keep("one more", Image(1))).Kind);
    }

    private static ImageFile Image(int bytes) => new("an image", ImmutableArray.Create(new byte[bytes]));
}
