package org.bcdi.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcdi.volume.Region3;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;

class FrameMaskTest {
    private final FrameMask diagonal = new FrameMask(2, 3, new byte[] {1, 0, 0, 0, 1, 0});

    @Test
    void countsWhatItMasks() {
        assertThat(diagonal.count()).isEqualTo(2);
        assertThat(FrameMask.none(4, 5).count()).isZero();
    }

    @Test
    void goesThroughEveryStep() {
        Mask mask = diagonal.through(3);

        assertThat(mask.shape()).isEqualTo(new Shape3(3, 2, 3));
        assertThat(mask.data()).containsExactly(1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0);
    }

    @Test
    void isCutByRowsAndColumns() {
        assertThat(diagonal.crop(new Roi(1, 2, 1, 3)).data()).containsExactly(1, 0);
        assertThatThrownBy(() -> diagonal.crop(new Roi(0, 3, 0, 1))).hasMessageContaining("0:3,0:1");
    }

    @Test
    void joinsAnotherOfItsSizeOnly() {
        FrameMask other = new FrameMask(2, 3, new byte[] {1, 1, 0, 0, 0, 0});

        assertThat(diagonal.or(other).data()).containsExactly(1, 1, 0, 0, 1, 0);
        assertThatThrownBy(() -> diagonal.or(FrameMask.none(3, 2))).hasMessageContaining("3x2");
    }

    @Test
    void aVolumeMaskCountsJoinsAndIsCut() {
        Mask mask = diagonal.through(2);
        Mask corner = mask.crop(new Region3(1, 0, 0, new Shape3(1, 2, 2)));

        assertThat(mask.count()).isEqualTo(4);
        assertThat(corner.data()).containsExactly(1, 0, 0, 1);
        assertThat(corner.or(new Mask(corner.shape(), new byte[] {0, 1, 0, 1})).data())
                .containsExactly(1, 1, 0, 1);
    }
}
