using Siamese.Model.Sampling;

namespace Siamese.Model.Tests.Sampling;

public sealed class ImageDeckTests
{
    [Fact]
    public void Every_image_is_dealt_once_before_any_repeats()
    {
        var deck = new ImageDeck([3, 1, 4, 15, 9, 2], new Random(1));
        for (var round = 0; round < 20; round++)
        {
            var dealt = Enumerable.Range(0, 3).SelectMany(_ => deck.Deal(2).ToArray());
            Assert.Equal([1, 2, 3, 4, 9, 15], dealt.Order());
        }
    }

    [Fact]
    public void A_hand_has_no_image_twice_even_when_the_deck_runs_out()
    {
        var deck = new ImageDeck([.. Enumerable.Range(0, 7)], new Random(2));
        for (var hand = 0; hand < 100; hand++)
            Assert.Equal(4, deck.Deal(4).ToArray().Distinct().Count());
    }

    [Fact]
    public void A_hand_is_never_larger_than_the_deck() => Assert.Equal(3, new ImageDeck([7, 8, 9], new Random(3)).Deal(5).Length);

    [Fact]
    public void In_the_long_run_every_image_is_dealt_equally_often()
    {
        var deck = new ImageDeck([.. Enumerable.Range(0, 7)], new Random(4));
        var counts = new int[7];
        for (var hand = 0; hand < 7000; hand++)
            foreach (var image in deck.Deal(4))
                counts[image]++;
        Assert.All(counts, count => Assert.InRange(count, 3800, 4200)); // Expected 4000, standard deviation about 41.
    }

    [Fact]
    public void The_callers_array_keeps_its_order()
    {
        int[] images = [.. Enumerable.Range(0, 50)];
        new ImageDeck(images, new Random(5)).Deal(10);
        Assert.Equal(Enumerable.Range(0, 50), images);
    }
}
